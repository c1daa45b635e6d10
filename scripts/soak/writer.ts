import { TRPCClientError } from '@trpc/client'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import type { TaskCard } from '#shared/task.ts'
import { type BoardState, columnsInOrder } from '../../renderer/features/board/board-state.ts'
import type { Api } from './board-window.ts'
import type { Acknowledged } from './lines.ts'
import type { Chance } from './random.ts'

/** A board does not grow for ever, and a window always has something to change. */
const MOST_CARDS = 120
const MOST_COLUMNS = 7
const FEWEST_COLUMNS = 3

type Change = (scene: Scene) => Promise<Acknowledged> | undefined

/** What a person at one window sees and may do. */
interface Scene {
  api: Api
  board: BoardId
  state: BoardState
  chance: Chance
  trash: Trash
  /** Words that nobody else writes. */
  words: string
}

/** What this writer has deleted on a board and may bring back. */
export interface Trash {
  tasks: TaskId[]
  columns: ColumnId[]
}

const CHANGES: readonly (readonly [weight: number, change: Change])[] = [
  [26, createTask],
  [36, moveTask],
  [20, updateTask],
  [9, deleteTask],
  [6, restoreTask],
  [0.6, createColumn],
  [0.8, renameColumn],
  [0.8, moveColumn],
  [0.4, deleteColumn],
  [0.4, restoreColumn],
  [0.6, renameBoard],
]
const ALL_WEIGHT = CHANGES.reduce((sum, [weight]) => sum + weight, 0)

/** Does one change by chance, as a person could from what the window shows; undefined when there is nothing to do. */
export function changeSomething(scene: Scene): Promise<Acknowledged> | undefined {
  let at = scene.chance.next() * ALL_WEIGHT
  for (const [weight, change] of CHANGES) {
    at -= weight
    if (at < 0) return change(scene)
  }
  return undefined
}

/** The code of a refusal, such as CONFLICT; null for what is no answer of the app. */
export function refusalCode(error: unknown): string | null {
  return error instanceof TRPCClientError ? ((error.data as { code?: string } | null)?.code ?? null) : null
}

interface Told {
  id: string
  updated_at?: Date
}

async function acknowledged(type: string, board: BoardId, answer: Promise<Told>): Promise<Acknowledged> {
  const { id, updated_at } = await answer
  return { type, board, id, ...(updated_at ? { updated_at: updated_at.toISOString() } : {}) }
}

function createTask(scene: Scene) {
  const { api, board, state, chance, words } = scene
  if (state.tasks.size >= MOST_CARDS) return deleteTask(scene)
  const column = chance.pick(state.columns)
  if (!column) return createColumn(scene)
  const description = chance.next() < 0.2 ? words.repeat(chance.whole(1, 60)) : null
  return acknowledged(
    'task_created',
    board,
    api.tasks.create.mutate({ board_id: board, column_id: column.id, title: words, description }),
  )
}

function moveTask({ api, board, state, chance }: Scene) {
  const task = cardOf(state, chance)
  const column = chance.pick(columnsInOrder(state))
  if (!task || !column) return undefined
  const cards = (state.cards.get(column.id) ?? []).filter(({ id }) => id !== task.id)
  // Often the same gap, so that columns are renumbered now and then.
  const place = chance.next() < 0.4 ? Math.min(1, cards.length) : chance.whole(0, cards.length)
  const order = calculateOrder(cards[place - 1]?.order ?? null, cards[place]?.order ?? null)
  const { id, version } = task
  return acknowledged(
    'task_moved',
    board,
    api.tasks.move.mutate({ id, column_id: column.id, order, version }),
  )
}

function updateTask({ api, board, state, chance, words }: Scene) {
  const task = cardOf(state, chance)
  if (!task) return undefined
  const values = chance.next() < 0.5 ? { title: words } : { description: words, priority: 'high' as const }
  const version = chance.next() < 0.5 ? { version: task.version } : {}
  return acknowledged('task_updated', board, api.tasks.update.mutate({ id: task.id, ...values, ...version }))
}

function deleteTask({ api, board, state, chance, trash }: Scene) {
  const task = cardOf(state, chance)
  if (!task) return undefined
  return acknowledged('task_deleted', board, api.tasks.delete.mutate({ id: task.id })).then((done) => {
    trash.tasks.push(task.id)
    return done
  })
}

function restoreTask({ api, board, trash }: Scene) {
  const id = trash.tasks.shift()
  return id && acknowledged('task_created', board, api.tasks.restore.mutate({ id }))
}

function createColumn({ api, board, state, words }: Scene) {
  if (state.columns.length >= MOST_COLUMNS) return undefined
  return acknowledged('column_created', board, api.columns.create.mutate({ board_id: board, name: words }))
}

function renameColumn({ api, board, state, chance, words }: Scene) {
  const column = chance.pick(state.columns)
  return (
    column && acknowledged('column_updated', board, api.columns.update.mutate({ id: column.id, name: words }))
  )
}

function moveColumn({ api, board, state, chance }: Scene) {
  const column = chance.pick(state.columns)
  const others = columnsInOrder(state).filter(({ id }) => id !== column?.id)
  if (!column) return undefined
  const place = chance.whole(0, others.length)
  const order = calculateOrder(others[place - 1]?.order ?? null, others[place]?.order ?? null)
  return acknowledged('column_updated', board, api.columns.move.mutate({ id: column.id, order }))
}

function deleteColumn({ api, board, state, chance, trash }: Scene) {
  const column = state.columns.length > FEWEST_COLUMNS ? chance.pick(state.columns) : undefined
  if (!column) return undefined
  return acknowledged('column_deleted', board, api.columns.delete.mutate({ id: column.id })).then((done) => {
    trash.columns.push(column.id)
    return done
  })
}

function restoreColumn({ api, board, trash }: Scene) {
  const id = trash.columns.shift()
  return id && acknowledged('column_created', board, api.columns.restore.mutate({ id }))
}

function renameBoard({ api, board, words }: Scene) {
  return acknowledged('board_updated', board, api.boards.update.mutate({ id: board, name: words }))
}

/** A card that is drawn: one in a deleted column is not. */
function cardOf(state: BoardState, chance: Chance): TaskCard | undefined {
  return chance.pick([...state.cards.values()].flat())
}
