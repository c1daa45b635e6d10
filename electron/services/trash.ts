import * as queries from '#db/queries/trash.ts'
import { SYSTEM } from '#shared/actor.ts'
import { AppError } from '#shared/errors.ts'
import { type ListTrash, type Purged, type PurgeTrash, TRASH_DAYS, type TrashPage } from '#shared/trash.ts'
import type { AppContext } from '../context.ts'
import { removeBytes, removeOldCopies, removePurgedBytes } from './attachment-store.ts'
import { type ChangeOptions, changeBoard } from './change-board.ts'
import { type PutAwayContext, putAwayWork } from './put-away.ts'
import { repeatWork } from './repeat-work.ts'

type TrashContext = PutAwayContext & Pick<AppContext, 'config'>

const DAY_MS = 24 * 3600_000
/** Of one transaction: nobody waits long for the board. */
const AT_ONCE = 200

/** Boards, columns and cards that were deleted, newest first. */
export async function listTrash(
  ctx: Pick<AppContext, 'db'>,
  { before, limit, text }: ListTrash,
): Promise<TrashPage> {
  const behind = before === undefined ? null : readCursor(before)
  const found = await queries.listTrash(ctx.db, behind, limit + 1, text?.trim())
  const page = found.slice(0, limit)
  const last = found.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ at: _, ...item }) => item),
    next: last ? `${last.at} ${last.id}` : null,
  }
}

/**
 * Out of the database, with all that hangs on it; what agents made is kept in the repositories first. What is not in the
 * trash any more is left alone, and what cannot go yet stays, with the reason.
 */
export async function purgeTrash(ctx: TrashContext, input: PurgeTrash, signal: AbortSignal): Promise<Purged> {
  return purgeAll(ctx, await queries.listTrashed(ctx.db, 'all' in input ? {} : input), signal)
}

/** What has been in the trash for too long, and deleted comments and attachments as old. */
export async function purgeExpired(ctx: TrashContext, signal: AbortSignal): Promise<Purged> {
  const deletedBefore = new Date(ctx.now().getTime() - TRASH_DAYS * DAY_MS)
  const expired = await queries.listTrashed(ctx.db, { deletedBefore })
  const purged = await purgeAll(ctx, expired, signal, { actor: SYSTEM })
  for (const boardId of await queries.listBoardsWithOldScraps(ctx.db, deletedBefore)) {
    signal.throwIfAborted()
    const bytes = await changeBoard(
      ctx,
      boardId,
      ({ tx }) => queries.purgeScraps(tx, boardId, deletedBefore),
      { actor: SYSTEM, trashed: true },
    )
    await removeBytes(ctx, bytes)
  }
  return purged
}

/** Once a day. */
export function startTrashJob(
  ctx: TrashContext,
  { firstMs = 10 * 60_000, everyMs = DAY_MS }: { firstMs?: number; everyMs?: number } = {},
): AsyncDisposable {
  const work = async (signal: AbortSignal) => {
    const { stayed, ...gone } = await purgeExpired(ctx, signal)
    await removePurgedBytes(ctx)
    await removeOldCopies(ctx)
    if (gone.boards + gone.columns + gone.tasks + stayed.length === 0) return
    const reasons = stayed.map(({ kind, id, reason }) => ({ kind, id, reason }))
    ctx.log.info({ event: 'trash_purged', ...gone, stayed: reasons }, 'emptied the trash of what was old')
  }
  return repeatWork({ name: 'trash', log: ctx.log, firstMs, everyMs, work })
}

async function purgeAll(
  ctx: TrashContext,
  items: readonly queries.Trashed[],
  signal: AbortSignal,
  options: ChangeOptions = {},
): Promise<Purged> {
  const purged: Purged = { boards: 0, columns: 0, tasks: 0, stayed: [] }
  const names = new Map(items.map(({ id, name }) => [id, name]))
  for (const group of groupsOf(items)) {
    signal.throwIfAborted()
    const reasons = await putAway(ctx, group)
    for (const [id, reason] of reasons)
      purged.stayed.push({ kind: group.kind, id, name: names.get(id) ?? '', reason })
    const ids = group.ids.filter((id) => !reasons.has(id))
    if (ids.length > 0) purged[`${group.kind}s`] += await purgeGroup(ctx, { ...group, ids }, names, options)
  }
  return purged
}

/** Cards before columns before boards; of one kind on one board some at once. */
function groupsOf(items: readonly queries.Trashed[]): queries.TrashedGroup[] {
  const groups: queries.TrashedGroup[] = []
  const open = new Map<string, queries.TrashedGroup>()
  for (const { kind, boardId, id } of items) {
    const key = `${kind} ${boardId}`
    const group = open.get(key)
    if (group && group.ids.length < AT_ONCE) {
      group.ids.push(id)
      continue
    }
    const fresh = { kind, boardId, ids: [id] }
    groups.push(fresh)
    open.set(key, fresh)
  }
  return groups
}

/** Why some of a group cannot go yet. */
async function putAway(ctx: TrashContext, group: queries.TrashedGroup): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>()
  for (const execution of await queries.listUnsettled(ctx.db, group)) {
    const { holder } = execution
    const reason = reasons.has(holder) ? null : await putAwayWork(ctx, execution)
    if (reason !== null) reasons.set(holder, reason)
  }
  return reasons
}

/** How many went: somebody may have been faster, with purging or restoring. */
async function purgeGroup(
  ctx: TrashContext,
  group: queries.TrashedGroup,
  names: ReadonlyMap<string, string>,
  options: ChangeOptions,
): Promise<number> {
  try {
    const { count, bytes } = await changeBoard(
      ctx,
      group.boardId,
      async ({ tx, tell, note }) => {
        const there = { ...group, ids: await queries.keepTrashed(tx, group) }
        if (there.ids.length === 0) return { count: 0, bytes: [] }
        const bytes = await queries.listBytesOf(tx, there)
        const links = group.kind === 'board' ? [] : await queries.listLinksOf(tx, there)
        const count = await queries.purge(tx, there)
        if (group.kind === 'board') return { count, bytes } // nobody is left to be told
        for (const id of links) tell({ type: 'link_deleted', data: { id } })
        note({
          event_type: 'deleted',
          message: `deleted ${nameOf(there, names)} for good`,
          metadata: { entity: group.kind, ids: there.ids, purged: true },
        })
        return { count, bytes }
      },
      { ...options, trashed: true },
    )
    await removeBytes(ctx, bytes)
    return count
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return 0 // with its board
    throw error
  }
}

function nameOf({ kind, ids }: queries.TrashedGroup, names: ReadonlyMap<string, string>): string {
  const noun = kind === 'task' ? 'card' : kind
  return ids.length === 1 ? `the ${noun} “${names.get(ids[0] ?? '')}”` : `${ids.length} ${noun}s`
}

/** What is no cursor begins at the beginning. */
function readCursor(text: string): queries.TrashCursor | null {
  const [, at, id] = /^(\d{4}-\d\d-\d\d [\d:.]+[+-][\d:]+) ([0-9a-f-]{36})$/.exec(text) ?? []
  return at && id ? { at, id } : null
}
