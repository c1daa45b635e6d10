import { type ExecutionId, StepId } from '#shared/ids.ts'
import { noteLeftFiles } from '../../workspaces/left-files.ts'
import { recordOwn } from '../record-own.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { closeGuard, type OpenGuard, openGuard, readGuard } from './open-guard.ts'
import { type PutBack, putBackChanges } from './put-back.ts'

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
  const guard = await openGuard(path, { what: step.what, step: step.id }, signal)
  const ref = refOf(run.row.id, guard)
  try {
    await act()
  } catch (error) {
    await look(path, guard, ref, AbortSignal.timeout(LAST_LOOK_MS)).catch((cause: unknown) =>
      ctx.log.warn({ err: cause, execution_id: run.row.id }, 'what a check changed was not put back'),
    )
    throw error
  }
  const texts = await look(path, guard, ref, signal)
  if (texts.length === 0) return
  await recordOwn(ctx, run.row.id, { type: 'note' }, signal, async ({ log }) => {
    for (const text of texts) log({ type: 'notice', level: 'warn', text }, step.id)
  })
}

/**
 * As after commands with which the app was killed: what they had changed by then is nobody's work either. Gives what is to be
 * said, and of which step; null when there is nothing.
 */
export async function settleOpenGuard(
  workspace: string,
  executionId: ExecutionId,
  signal: AbortSignal,
): Promise<{ step: StepId; texts: string[] } | null> {
  const guard = await readGuard(workspace)
  if (!guard) return null
  // Of the first look, if there was one, the copy stays what it is.
  const texts = await look(workspace, guard, `${refOf(executionId, guard)}-again`, signal)
  return texts.length > 0 ? { step: StepId.parse(guard.step), texts } : null
}

const refOf = (id: ExecutionId, { what, step }: OpenGuard) => `refs/rangers/${id}/${what}-${step}`

/** Puts back what commands have changed, writes down what they have left for a person to decide about, and says so. */
async function look(
  workspace: string,
  { what, before }: OpenGuard,
  ref: string,
  signal: AbortSignal,
): Promise<string[]> {
  const message = `What the ${what} changed`
  const changed = await putBackChanges({ workspace, before: new Set(before), ref, message, signal })
  await noteLeftFiles(workspace, what, changed?.untracked ?? [])
  await closeGuard(workspace)
  return changed ? sentences(changed, what) : []
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
