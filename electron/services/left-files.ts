import { InvalidInputError, RefusedError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { LeftFile, SettleLeftFiles } from '#shared/left-file.ts'
import type { AppContext } from '../context.ts'
import { record } from '../orchestrator/record.ts'
import { commitWorkspace } from '../workspaces/commit-workspace.ts'
import { diffSummary } from '../workspaces/diff.ts'
import { forgetLeftFiles, ignoreFiles, listLeftFiles, removeFiles } from '../workspaces/left-files.ts'
import type { BoardContext } from './change-board.ts'
import { findResult, type Result } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'

type ReadContext = Pick<AppContext, 'db' | 'places'>

/** What the project's own commands and agents have left in the workspace, and nobody has decided about; nothing where it is not here. */
export async function leftFiles(ctx: ReadContext, id: ExecutionId): Promise<LeftFile[]> {
  const place = workspaceOf(await findResult(ctx, id).catch(noWorkspace))
  return place === null ? [] : listLeftFiles(place)
}

/**
 * Keeps, ignores or removes them, as a person decides; gives those that are still open. Refused while agents work in the
 * workspace (INVALID_STATE). Throws InvalidInputError NOT_LEFT for any other path.
 */
export function settleLeftFiles(
  ctx: BoardContext & ReadContext,
  { id, paths, how }: SettleLeftFiles,
  signal: AbortSignal,
): Promise<LeftFile[]> {
  return inResultQueue(id, async () => {
    const result = await findResult(ctx, id)
    const place = workspaceOf(result)
    if (place === null)
      throw new RefusedError('WORKSPACE_MISSING', 'The files are not on this computer any more.')
    if (isActive(result.execution.status)) {
      throw new RefusedError('INVALID_STATE', 'Agents are at work in these files. Decide when they are done.')
    }
    refuseOthers(await listLeftFiles(place), paths, how)
    const ref = `refs/rangers/${id}/removed-${ctx.newId()}`
    if (how === 'ignore') await ignoreFiles(place, paths, signal)
    if (how === 'remove') await removeFiles(place, paths, ref, signal)
    await forgetLeftFiles(place, paths)
    await note(ctx, result, place, sentence({ by: ctx.actor().name, paths, how, ref }), signal)
    return listLeftFiles(place)
  })
}

function refuseOthers(
  known: readonly LeftFile[],
  paths: readonly string[],
  how: SettleLeftFiles['how'],
): void {
  const other = paths.find((path) => known.every((file) => file.path !== path))
  if (other !== undefined)
    throw new InvalidInputError('NOT_LEFT', `“${other}” is not among what is to be decided about.`)
  if (how === 'ignore' && paths.some((path) => path.includes('\n')))
    throw new InvalidInputError(
      'NOT_A_LINE',
      'A name with a line break cannot be ignored. Remove it instead.',
    )
}

/** The result as it is from now on, and who decided it. */
async function note(
  ctx: BoardContext,
  { execution, workspace }: Result,
  path: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const message = `Leave out what does not belong to the result\n\nAgent-Rangers-Execution: ${execution.id}\n`
  await commitWorkspace({ path, message, signal })
  const diff = await diffSummary({ source: { workspace: path }, baseCommit: workspace.base_commit, signal })
  await record(ctx, execution.id, { type: 'note' }, async ({ set, log }) => {
    const { head_commit, additions, deletions } = diff
    set({ head_commit, additions, deletions, files_changed: diff.files.length })
    log({ type: 'notice', level: 'info', text })
  })
}

function sentence({
  by,
  paths,
  how,
  ref,
}: Pick<SettleLeftFiles, 'paths' | 'how'> & { by: string; ref: string }) {
  const names = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '')
  if (how === 'keep') return `${by} keeps ${names}: part of the result.`
  if (how === 'ignore')
    return `${by} leaves ${names} out of the result; git ignores it in this repository from now on.`
  return `${by} removed ${names} from the result; a copy of the files is kept under ${ref}.`
}

function workspaceOf(result: Result | null): string | null {
  return result && 'workspace' in result.source ? result.source.workspace : null
}

function noWorkspace(error: unknown): null {
  if (error instanceof RefusedError) return null
  throw error
}
