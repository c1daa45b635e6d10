import { stat } from 'node:fs/promises'
import path from 'node:path'
import { findExecution } from '#db/queries/executions.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import type { InterruptedMerge, TakenBack } from '#shared/diff.ts'
import { AppError, NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { tellConcerned } from '../orchestrator/execution-notices.ts'
import { record } from '../orchestrator/record.ts'
import {
  type BegunMerge,
  forgetBegun,
  isUnderWay,
  listBegun,
  noteTold,
  readBegun,
} from '../workspaces/begun-merge.ts'
import { removeRemade } from '../workspaces/revert-folder.ts'
import { lookAtBegun, takeBackBegun } from '../workspaces/take-back-begun.ts'
import { removeDrafts } from '../workspaces/take-over.ts'
import type { BoardContext } from './change-board.ts'
import { findLocalProject } from './local-project.ts'
import { inResultQueue } from './result-queue.ts'

type ReadContext = Pick<AppContext, 'db' | 'places'>
type InterruptedContext = BoardContext & Pick<AppContext, 'log' | 'config' | 'places'>

/** A merge into a plain folder, or its revert, of which only a part is there; null: the folder is whole. */
export function interruptedMerge(
  ctx: ReadContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<InterruptedMerge | null> {
  return inResultQueue(id, async () => (await findInterrupted(ctx, id, signal))?.interrupted ?? null)
}

/**
 * Makes the folder what it was before a merge that was interrupted, or the merge what it was before its revert was. What
 * somebody has changed since stays and is named. Refused (NOT_INTERRUPTED) where nothing was.
 */
export function takeBackMerge(
  ctx: InterruptedContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<TakenBack> {
  return inResultQueue(id, async () => {
    const found = await findInterrupted(ctx, id, signal)
    if (!found)
      throw new RefusedError('NOT_INTERRUPTED', 'The folder is whole: there is nothing to take back.')
    const { begun, workspace, interrupted } = found
    if (interrupted.obstacle) throw new RefusedError('WORKSPACE_BROKEN', interrupted.obstacle)
    // Half of it would be one more half.
    const taken = await takeBackBegun(begun, workspace, new AbortController().signal)
    await record(ctx, id, { type: 'note' }, async ({ log }) =>
      log({ type: 'notice', level: 'info', text: takenBackText(ctx.actor().name, begun, taken) }),
    )
    await forgetBegun(workspace)
    if (begun.direction === 'revert') await removeRemade(path.dirname(workspace), id)
    return taken
  })
}

/**
 * Lets go of what was begun where nothing can be done about it any more, so that the work can be discarded, and gives what has
 * to be told. Refused (MERGE_INTERRUPTED) by whoever removes the copy where something can.
 */
export async function giveUpLost(
  ctx: ReadContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await findInterrupted(ctx, id, signal)
  if (!found?.interrupted.obstacle) return null
  await forgetBegun(found.workspace)
  const { folder, open } = found.interrupted
  return `A part of the merge into ${folder} is there, and could not be taken back. Look at these files: ${open.join(', ')}.`
}

/** Says of each that a dead app has left, once, what was interrupted; called at the start and after a failed merge. */
export async function tellInterrupted(ctx: InterruptedContext, only?: ExecutionId): Promise<void> {
  const ids = only ? [only] : await listBegun(ctx.config.workspaceRoot)
  for (const id of ids.flatMap((one) => ExecutionId.safeParse(one).data ?? [])) {
    const tell = () => tellOne(ctx, id)
    await (only ? tell() : inResultQueue(id, tell)).catch((error: unknown) =>
      ctx.log.warn({ err: error, execution_id: id }, 'an interrupted merge was not told'),
    )
  }
}

async function tellOne(ctx: InterruptedContext, id: ExecutionId): Promise<void> {
  const found = await findInterrupted(ctx, id, new AbortController().signal)
  if (!found || found.begun.is_told) return
  const { begun, workspace, interrupted } = found
  const text = interruptedText(interrupted)
  await record(ctx, id, { type: 'note' }, async ({ work, row, log }) => {
    log({ type: 'notice', level: 'warn', text })
    await tellConcerned(work, row, {
      kind: 'needs_input',
      sentence: (card) => `The ${begun.direction} of ${card} was interrupted`,
      body: text,
      occasion: `interrupted:${id}:${ctx.newId()}`,
    })
  })
  await noteTold(workspace, begun)
}

interface Found {
  begun: BegunMerge
  workspace: string
  interrupted: InterruptedMerge
}

/** What was written down and is over is let go of: it was recorded in the same moment, or no file was changed. */
async function findInterrupted(
  ctx: ReadContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<Found | null> {
  const stored = await findWorkspace(ctx.db, id)
  const noted = stored && (await readBegun(stored.path))
  if (!noted || (await isUnderWay(noted))) return null
  const project = stored.project_id ? await findLocalProject(ctx, stored.project_id) : null
  const begun = { ...noted, folder: project?.path ?? noted.folder } // it may have been moved since
  const workspace = stored.path
  const execution = await findExecution(ctx.db, id)
  if (!execution) throw new NotFoundError('Execution', id)
  const interrupted = isRecorded(begun, execution) ? null : await lookAt(begun, workspace, signal)
  const isWhole = interrupted?.obstacle === null && interrupted.done.length + interrupted.changed.length === 0
  if (interrupted && !isWhole) return { begun, workspace, interrupted }
  if (isWhole) await removeDrafts(begun.folder, begun.paths, id)
  await forgetBegun(workspace)
  return null
}

/** The card says what was done: it came to its end. */
export function isRecorded(
  { direction }: Pick<BegunMerge, 'direction'>,
  { resolution }: Pick<ExecutionSummary, 'resolution'>,
): boolean {
  return resolution !== (direction === 'merge' ? 'none' : 'merged')
}

async function lookAt(begun: BegunMerge, workspace: string, signal: AbortSignal): Promise<InterruptedMerge> {
  const { direction, folder, paths } = begun
  try {
    if (!(await stat(folder).catch(() => null))?.isDirectory())
      throw new RefusedError(
        'FOLDER_MISSING',
        `The folder ${folder} is not there. Put it back and look again.`,
      )
    return { direction, folder, ...(await lookAtBegun(begun, workspace, signal)), obstacle: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { direction, folder, done: [], open: paths, changed: [], obstacle: error.message }
  }
}

function interruptedText({ direction, folder, done, open, changed, obstacle }: InterruptedMerge): string {
  const begin = `The ${direction === 'merge' ? 'merge into' : 'revert of the merge into'} ${folder} was interrupted: `
  if (obstacle) return `${begin}a part of it is there. ${obstacle} Look at these files: ${listed(open)}.`
  const all = done.length + open.length + changed.length
  const since =
    changed.length > 0 ? ` These were changed since, and are left as they are: ${listed(changed)}.` : ''
  return `${begin}${done.length} of ${all} ${all === 1 ? 'file' : 'files'} ${done.length === 1 ? 'is' : 'are'} done.${since} Finish it on the card, or take it back.`
}

function takenBackText(name: string, { direction, folder }: BegunMerge, { back, left }: TakenBack): string {
  const what = direction === 'merge' ? 'merge into' : 'revert of the merge into'
  const files = back.length === 0 ? 'No file had to be put back.' : `Put back: ${listed(back)}.`
  const since = left.length > 0 ? ` Changed since, and left as they are: ${listed(left)}.` : ''
  return `${name} took the interrupted ${what} ${folder} back. ${files}${since}`
}

function listed(files: readonly string[]): string {
  const more = files.length - 20
  return files.slice(0, 20).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
