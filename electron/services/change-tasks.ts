import { listTasksToChange, type StoredTask, updateTasks } from '#db/queries/change-task.ts'
import { listColumns } from '#db/queries/columns.ts'
import { countTasks, hasTightPlaces } from '#db/queries/tasks.ts'
import { listTransitions } from '#db/queries/transitions.ts'
import { countChecklist } from '#shared/checklist.ts'
import type { Column } from '#shared/column.ts'
import { NotFoundError, VersionConflictsError } from '#shared/errors.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { type ChangedTasks, type ChangeTasks, Task, type TaskChange } from '#shared/task.ts'
import { allowedFrom, type BoardTransition } from '#shared/transition.ts'
import { assigneeNames } from './assignee.ts'
import { releaseWaiting, type StartContext, startOrWait } from './blockers.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { keepLimit, refuseArchived, refuseTransition } from './column-rules.ts'
import { refuseUnknownLabels } from './labels.ts'
import { renumber } from './make-room.ts'
import { tellChanges } from './tell-changes.ts'

/** A card, what is asked of it, and what it is then. */
interface PlannedChange {
  change: TaskChange
  before: StoredTask
  after: StoredTask
}

/**
 * Changes many cards of a board at once, all or none: it is what a person does to a selection, and what undoing stands on.
 * Cards that enter a column which starts agents start or wait, as with a single move; those that go to the trash or the
 * archive have their agents cancelled.
 */
export function changeTasks(ctx: BoardContext & StartContext, input: ChangeTasks): Promise<ChangedTasks> {
  return changeBoard(ctx, input.board_id, (work) => applyChanges(ctx, work, input))
}

/** The same within a change of the board. */
export async function applyChanges(
  ctx: BoardContext & StartContext,
  work: BoardChange,
  { changes, force }: Pick<ChangeTasks, 'changes' | 'force'>,
): Promise<ChangedTasks> {
  const columns = new Map((await listColumns(work.tx, work.board.id)).map((column) => [column.id, column]))
  const planned = plan(changes, await cardsOf(work, changes), ctx.now())
  await keepOrder(work, planned, columns)
  const written = await write(work, planned)
  const forced = await keepLimits(work, planned, columns, force)
  const names = await assigneeNames(work.tx, planned)
  for (const one of planned) tellChanges(work, one, columns, { names, forced })
  const current = new Map<TaskId, Task>(written.map((task) => [task.id, task]))
  await settle(ctx, work, planned, columns, (task) => current.set(task.id, task))
  return { tasks: changes.map(({ id }) => Task.parse(current.get(id))) }
}

/** Refuses what is not there, and with all of them together those that others changed meanwhile. */
async function cardsOf(
  { tx, board }: BoardChange,
  changes: readonly TaskChange[],
): Promise<ReadonlyMap<TaskId, StoredTask>> {
  const found = await listTasksToChange(
    tx,
    board.id,
    changes.map(({ id }) => id),
  )
  const cards = new Map(found.map((task) => [task.id, task]))
  const conflicts = changes.flatMap(({ id, version }) => {
    const card = cards.get(id)
    if (!card) throw new NotFoundError('Task', id)
    if (version === undefined || version === card.version) return []
    return [{ id, server_version: card.version, client_version: version }]
  })
  if (conflicts.length > 0) throw new VersionConflictsError(conflicts)
  return cards
}

function plan(
  changes: readonly TaskChange[],
  cards: ReadonlyMap<TaskId, StoredTask>,
  now: Date,
): PlannedChange[] {
  return changes.flatMap((change) => {
    const before = cards.get(change.id)
    return before ? [{ change, before, after: planOne(change, before, now) }] : []
  })
}

/** Places and fields make a new version; the trash and the archive do not, as with a single card. */
function planOne({ set, place, trashed, archived }: TaskChange, before: StoredTask, now: Date): StoredTask {
  const given = Object.fromEntries(Object.entries(set ?? {}).filter(([, value]) => value !== undefined))
  const after: StoredTask = { ...before, ...given, ...place }
  const { done, total } = countChecklist(after.description, after.acceptance_criteria)
  after.checklist_done = done
  after.checklist_total = total
  if (set || place) after.version += 1
  if (after.column_id !== before.column_id) after.waits_for_blockers = false
  if (trashed !== undefined) after.deleted_at = trashed ? (before.deleted_at ?? now) : null
  if (archived !== undefined) after.archived_at = archived ? (before.archived_at ?? now) : null
  return after
}

/** Columns and labels must be there, moves allowed, and what is away from the board cannot be moved on it. */
async function keepOrder(
  work: BoardChange,
  planned: readonly PlannedChange[],
  columns: ReadonlyMap<ColumnId, Column>,
): Promise<void> {
  await refuseUnknownLabels(
    work,
    planned.flatMap(({ change }) => change.set?.label_ids ?? []),
  )
  const moves = planned.filter(({ change }) => change.place)
  const rules = moves.length > 0 ? await listTransitions(work.tx, work.board.id) : []
  for (const { before, after } of moves) {
    const to = columns.get(after.column_id)
    if (!to) throw new NotFoundError('Column', after.column_id)
    refuseAway(after)
    const from = columns.get(before.column_id)
    if (from && !mayMove(from, to, rules)) await refuseTransition(work, from, to)
  }
}

function refuseAway(task: StoredTask): void {
  if (task.archived_at) refuseArchived()
  if (task.deleted_at) throw new NotFoundError('Task', task.id)
}

function mayMove(from: Column, to: Column, rules: readonly BoardTransition[]): boolean {
  return from.id === to.id || (allowedFrom(from.id, rules)?.has(to.id) ?? true)
}

const WRITABLE = [
  'title',
  'description',
  'acceptance_criteria',
  'label_ids',
  'assigned_to',
  'status',
  'priority',
  'due_date',
  'estimate',
  'column_id',
  'order',
  'version',
  'waits_for_blockers',
  'checklist_done',
  'checklist_total',
  'deleted_at',
  'archived_at',
] as const

/** Only the columns that change, so that a move of many cards writes no texts. */
async function write({ tx }: BoardChange, planned: PlannedChange[]): Promise<StoredTask[]> {
  const names = WRITABLE.filter((name) =>
    planned.some(({ before, after }) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  )
  if (names.length === 0) return planned.map(({ after }) => after)
  const rows = planned.map(({ after }) =>
    Object.fromEntries((['id', ...names] as const).map((name) => [name, after[name]])),
  )
  const written = new Map((await updateTasks(tx, names, rows)).map((task) => [task.id, task]))
  for (const one of planned) one.after = written.get(one.after.id) ?? one.after
  return planned.map(({ after }) => after)
}

/** The limit of each column that cards came to; gives the cards that came although it was full. */
async function keepLimits(
  work: BoardChange,
  planned: readonly PlannedChange[],
  columns: ReadonlyMap<ColumnId, Column>,
  force?: boolean,
): Promise<ReadonlySet<TaskId>> {
  const forced = new Set<TaskId>()
  for (const [columnId, arrived] of arrivals(planned)) {
    const column = columns.get(columnId)
    if (!column?.wip_limit) continue
    const count = await countTasks(work.tx, columnId)
    if (await keepLimit(work, { column, count, arrived }, force)) for (const id of arrived) forced.add(id)
  }
  return forced
}

function arrivals(planned: readonly PlannedChange[]): Map<ColumnId, TaskId[]> {
  const arrived = new Map<ColumnId, TaskId[]>()
  for (const { before, after } of planned) {
    const wasThere = isOnBoard(before) && before.column_id === after.column_id
    if (wasThere || !isOnBoard(after)) continue
    arrived.set(after.column_id, [...(arrived.get(after.column_id) ?? []), after.id])
  }
  return arrived
}

function isOnBoard({ deleted_at, archived_at }: StoredTask): boolean {
  return deleted_at === null && archived_at === null
}

/** What follows: agents end or start, waiting cards are let go, columns without room between cards are renumbered. */
async function settle(
  ctx: BoardContext & StartContext,
  work: BoardChange,
  planned: readonly PlannedChange[],
  columns: ReadonlyMap<ColumnId, Column>,
  changed: (task: Task) => void,
): Promise<void> {
  const gone = planned.filter(({ before, after }) => isOnBoard(before) && !isOnBoard(after))
  if (gone.length > 0) await cancelAgents(work, { tasks: gone.map(({ after }) => after.id) }, ctx.now())
  const placed = planned.filter(({ change }) => change.place)
  for (const columnId of new Set(placed.map(({ after }) => after.column_id))) {
    if (!(await hasTightPlaces(work.tx, columnId))) continue
    for (const task of await renumber(work, columnId)) changed(task)
  }
  for (const task of await startArrived(ctx, work, placed, columns)) changed(task)
  const mayRelease = planned.some(
    ({ before, after }) => before.column_id !== after.column_id || isOnBoard(before) !== isOnBoard(after),
  )
  if (mayRelease) for (const task of await releaseWaiting(ctx, work)) changed(task)
}

/** Of those that entered a column which starts agents. */
async function startArrived(
  ctx: StartContext,
  work: BoardChange,
  placed: readonly PlannedChange[],
  columns: ReadonlyMap<ColumnId, Column>,
): Promise<Task[]> {
  const started: Task[] = []
  for (const { before, after } of placed) {
    const to = columns.get(after.column_id)
    if (!to?.triggers_agents || before.column_id === after.column_id) continue
    started.push(await startOrWait(ctx, work, after, to))
  }
  return started
}
