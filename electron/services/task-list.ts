import type { Db } from '#db/client.ts'
import { insertContent } from '#db/queries/board-content.ts'
import { findBoard } from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { countLabels, insertLabel, listLabels } from '#db/queries/labels.ts'
import { listTasksById, listTitleBeginnings, takeTaskNumbers } from '#db/queries/task-list.ts'
import { countTasks, highestTaskOrder, insertTasks, type NewTask } from '#db/queries/tasks.ts'
import type { Column } from '#shared/column.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import { type BoardId, LabelId, LinkId, TaskId } from '#shared/ids.ts'
import { type Label, MOST_LABELS } from '#shared/label.ts'
import { nameKey } from '#shared/name-key.ts'
import type { TaskLink } from '#shared/task-link.ts'
import type { ImportedTaskList, ImportTaskList, InspectTaskList, TaskListPreview } from '#shared/task-list.ts'
import { MOST_LISTED } from '#shared/task-list.ts'
import type { AppContext } from '../context.ts'
import { boardActivity } from './board-activity.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { keepLimit } from './column-rules.ts'
import type { ImportNotes } from './import-notes.ts'
import { readTaskList, type TaskListDraft } from './read-task-list.ts'
import { type ListedCard, listedCard, titleOf } from './task-list-card.ts'

/** Titles that a preview shows. */
const SHOWN = 5
const LABEL_COLORS = ['#2F6FDE', '#0B8A6A', '#B25E09', '#8250DF', '#BF3989', '#57606A']

/** The file that the person picks in the system's dialog; null when they cancel. */
export function pickTaskList(ctx: Pick<AppContext, 'desktop'>): Promise<string | null> {
  return ctx.desktop.pickFile({
    title: 'Import a task list',
    types: [{ name: 'Task list (JSON)', extensions: ['json'] }],
  })
}

/** What a task list holds and where its cards would go; nothing is written. */
export async function inspectTaskList(
  ctx: Pick<AppContext, 'db'>,
  { board_id, path }: InspectTaskList,
  signal: AbortSignal,
): Promise<TaskListPreview> {
  if (!(await findBoard(ctx.db, board_id))) throw new NotFoundError('Board', board_id)
  const { tasks, notes } = await readTaskList(path, signal)
  const { start, end } = columnsOf(await listColumns(ctx.db, board_id))
  const cards = tasks.map((task) => listedCard(task, notes))
  await noteKnown(ctx.db, board_id, { tasks, notes })
  if (!end) noteNoEnd({ tasks, notes })
  const known = new Set((await listLabels(ctx.db, board_id)).map((label) => nameKey(label.name)))
  return {
    path,
    cards: tasks.length,
    done: tasks.filter((task) => task.done).length,
    links: dependencies(tasks).length,
    new_labels: hintsOf(cards).filter((name) => !known.has(nameKey(name))),
    titles: tasks.slice(0, SHOWN).map(titleOf),
    column: start.name,
    end_column: end?.name ?? null,
    notes: notes.list(),
  }
}

/** Cards of all tasks of a list, with their links and labels, in one transaction: all of them or none. */
export async function importTaskList(
  ctx: BoardContext & Pick<AppContext, 'log'>,
  { board_id, path, force }: ImportTaskList,
  signal: AbortSignal,
): Promise<ImportedTaskList> {
  const draft = await readTaskList(path, signal)
  const imported = await changeBoard(ctx, board_id, async (work) => {
    signal.throwIfAborted()
    const { start, end } = columnsOf(await listColumns(work.tx, board_id))
    if (!end) noteNoEnd(draft)
    const cards = draft.tasks.map((task) => listedCard(task, draft.notes))
    const { labels, made } = await labelsFor(ctx, work, cards, draft.notes)
    const ids = draft.tasks.map(() => TaskId.parse(ctx.newId()))
    const rows = await rowsOf(ctx, work, { draft, cards, labels, ids, start, end })
    await insertTasks(work.tx, rows)
    await keepLimits(work, rows, [start, ...(end ? [end] : [])], force)
    const links = await linksOf(ctx, work, draft, ids)
    const tasks = await listTasksById(work.tx, ids)
    for (const task of tasks) work.tell({ type: 'task_created', data: task })
    for (const link of links) work.tell({ type: 'link_created', data: link })
    work.note(
      boardActivity(
        work.board,
        'created',
        (name) => `imported ${countOf(tasks.length)} from a task list into ${name}`,
      ),
    )
    return { tasks, links, labels: made, notes: draft.notes.list() }
  })
  ctx.log.info({ event: 'task_list_imported', board_id, cards: imported.tasks.length }, 'imported')
  return imported
}

interface Places {
  start: Column
  end: Column | null
}

function columnsOf(columns: readonly Column[]): Places {
  const start = columns.find((column) => column.is_start_column) ?? columns[0]
  if (!start) {
    throw new InvalidInputError('NO_COLUMN', 'This board has no column. Add one, then import the list.')
  }
  return { start, end: columns.find((column) => column.is_end_column && column.id !== start.id) ?? null }
}

function noteNoEnd({ tasks, notes }: TaskListDraft): void {
  const done = tasks.filter((task) => task.done).map((task) => task.task_id)
  notes.add('The board has no end column: finished tasks come to the first one, marked as done', done)
}

/** Who imports a list twice has its cards twice: that is said, not forbidden. */
async function noteKnown(db: Db, boardId: BoardId, { tasks, notes }: TaskListDraft): Promise<void> {
  const known = await listTitleBeginnings(db, boardId)
  const again = tasks.filter((task) => known.has(task.task_id)).map((task) => task.task_id)
  notes.add('The board has cards with these ids already; they would be there twice', again)
}

function hintsOf(cards: readonly ListedCard[]): string[] {
  const names = new Map<string, string>()
  for (const { label } of cards) if (label && !names.has(nameKey(label))) names.set(nameKey(label), label)
  return [...names.values()]
}

/** The labels that suggest agents, by their names in lower case; those that the board has not are `made`. */
async function labelsFor(
  ctx: BoardContext,
  { tx, board, tell }: BoardChange,
  cards: readonly ListedCard[],
  notes: ImportNotes,
): Promise<{ labels: ReadonlyMap<string, Label>; made: Label[] }> {
  const known = new Map((await listLabels(tx, board.id)).map((label) => [nameKey(label.name), label]))
  const made: Label[] = []
  let room = MOST_LABELS - (await countLabels(tx, board.id))
  for (const name of hintsOf(cards)) {
    if (known.has(nameKey(name))) continue
    if (room <= 0) {
      notes.add('The board has as many labels as it can have: suggested agents were left out', [name])
      continue
    }
    room -= 1
    const color = LABEL_COLORS[known.size % LABEL_COLORS.length] ?? '#57606A'
    const label = await insertLabel(tx, { id: LabelId.parse(ctx.newId()), board_id: board.id, name, color })
    tell({ type: 'label_created', data: label })
    known.set(nameKey(name), label)
    made.push(label)
  }
  return { labels: known, made }
}

interface Plan extends Places {
  draft: TaskListDraft
  cards: readonly ListedCard[]
  labels: ReadonlyMap<string, Label>
  ids: readonly TaskId[]
}

async function rowsOf(ctx: BoardContext, { tx, board }: BoardChange, plan: Plan): Promise<NewTask[]> {
  const { draft, cards, labels, ids, start, end } = plan
  const first = await takeTaskNumbers(tx, board.id, cards.length)
  const orders = new Map<string, number>()
  for (const column of [start, end])
    if (column) orders.set(column.id, (await highestTaskOrder(tx, column.id)) ?? 0)
  const now = ctx.now()
  const waiting = placesThatWait(draft.tasks, { start, end })
  return cards.flatMap(({ label, ...texts }, index) => {
    const id = ids[index]
    if (!id) return []
    const isDone = draft.tasks[index]?.done === true
    const column = isDone && end ? end : start
    const order = (orders.get(column.id) ?? 0) + 1
    orders.set(column.id, order)
    const known = label === null ? undefined : labels.get(nameKey(label))
    const status = isDone ? 'done' : 'open'
    const place = { id, board_id: board.id, column_id: column.id, number: first + index, order }
    const label_ids = known ? [known.id] : []
    const waits_for_blockers = waiting.has(index)
    return [{ ...texts, ...place, status, label_ids, waits_for_blockers, created_at: now, updated_at: now }]
  })
}

async function keepLimits(
  work: BoardChange,
  rows: readonly NewTask[],
  columns: readonly Column[],
  force?: boolean,
): Promise<void> {
  for (const column of columns) {
    const arrived = rows.flatMap((row) => (row.column_id === column.id && row.id ? [row.id] : []))
    if (arrived.length === 0 || !column.wip_limit) continue
    await keepLimit(work, { column, count: await countTasks(work.tx, column.id), arrived }, force)
  }
}

/** Which task blocks which, by their places in the list. */
function dependencies(tasks: TaskListDraft['tasks']): { blocker: number; blocked: number }[] {
  const places = new Map(tasks.map((task, index) => [task.task_id, index]))
  return tasks.flatMap((task, blocked) =>
    [...new Set(task.dependencies ?? [])].flatMap((id) => {
      const blocker = places.get(id)
      return blocker === undefined ? [] : [{ blocker, blocked }]
    }),
  )
}

/**
 * The places of those tasks that start by themselves when the last one that they depend on is done: where their column
 * starts agents. What is finished waits for nothing; without an end column no blocker counts as finished.
 */
function placesThatWait(tasks: TaskListDraft['tasks'], { start, end }: Places): ReadonlySet<number> {
  const isOver = (place: number) => tasks[place]?.done === true
  const links = start.triggers_agents ? dependencies(tasks) : []
  const open = links.filter(({ blocker, blocked }) => !isOver(blocked) && !(end && isOver(blocker)))
  return new Set(open.map(({ blocked }) => blocked))
}

async function linksOf(
  ctx: BoardContext,
  { tx, board }: BoardChange,
  { tasks }: TaskListDraft,
  ids: readonly TaskId[],
): Promise<TaskLink[]> {
  const now = ctx.now()
  const links = dependencies(tasks).flatMap(({ blocker, blocked }): TaskLink[] => {
    const [task_id, other_task_id] = [ids[blocker], ids[blocked]]
    if (!task_id || !other_task_id) return []
    const id = LinkId.parse(ctx.newId())
    return [
      { id, board_id: board.id, task_id, other_task_id, kind: 'blocks', created_at: now, updated_at: now },
    ]
  })
  await insertContent(tx, { labels: [], transitions: [], comments: [], links })
  return links
}

function countOf(cards: number): string {
  return cards === 1 ? 'a card' : `${Math.min(cards, MOST_LISTED)} cards`
}
