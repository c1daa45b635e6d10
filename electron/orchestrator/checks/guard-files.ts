import type { StepId } from '#shared/ids.ts'
import { noteLeftFiles } from '../../workspaces/left-files.ts'
import { recordOwn } from '../record-own.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { type PutBack, putBackChanges, uncommitted } from './put-back.ts'

/** After an abort, what was changed must be put back before the work is saved, milliseconds. */
const LAST_LOOK_MS = 2000

/**
 * Runs commands of the project in the workspace. What they change in its files is nobody's work and is never committed in
 * silence: tracked files are put back, and the log says so.
 */
export async function guardFiles(
  ctx: OrchestratorContext,
  run: Run,
  step: { id: StepId; what: 'set-up' | 'checks' },
  signal: AbortSignal,
  act: () => Promise<void>,
): Promise<void> {
  const { path } = run.workspace
  const before = await uncommitted(path, signal)
  const putBack = (lookSignal: AbortSignal) =>
    putBackChanges({
      workspace: path,
      before,
      ref: `refs/rangers/${run.row.id}/${step.what}-${step.id}`,
      message: `${run.taskKey}: what the ${step.what} changed`,
      signal: lookSignal,
    })
  try {
    await act()
  } catch (error) {
    await putBack(AbortSignal.timeout(LAST_LOOK_MS)).catch((cause: unknown) =>
      ctx.log.warn({ err: cause, execution_id: run.row.id }, 'what a check changed was not put back'),
    )
    throw error
  }
  const changed = await putBack(signal)
  await noteLeftFiles(path, step.what, changed?.untracked ?? [])
  const texts = changed ? sentences(changed, step.what) : []
  if (texts.length === 0) return
  await recordOwn(ctx, run.row.id, { type: 'note' }, signal, async ({ log }) => {
    for (const text of texts) log({ type: 'notice', level: 'warn', text }, step.id)
  })
}

function sentences({ restored, untracked, ref }: PutBack, what: string): string[] {
  const texts: string[] = []
  if (restored.length > 0) {
    texts.push(
      `The ${what} changed ${named(restored)} of the project. That is no agent’s work, so it was put back; a copy is kept under ${ref}.`,
    )
  }
  if (untracked.length > 0) {
    texts.push(
      `The ${what} left ${named(untracked)} that git does not ignore. It is in the result until you decide, when the agents are done, to keep, ignore or remove it.`,
    )
  }
  return texts
}

function named(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ')
  const more = files.length > 5 ? ` and ${files.length - 5} more` : ''
  return `${files.length} ${files.length === 1 ? 'file' : 'files'} (${shown}${more})`
}
