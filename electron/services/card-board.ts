import type { BoardId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { BoardContext } from './change-board.ts'

type Place = Pick<BoardContext, 'db'>

/** Cards: as many as a large board has. */
const MOST_KNOWN = 20_000

/** By the database; a card stays on its board for ever. */
const known = new WeakMap<Place['db'], Map<TaskId, BoardId>>()

/** The board of a card that this app has changed before; else undefined. Says only whose turns it may share. */
export function boardOf({ db }: Place, id: TaskId): BoardId | undefined {
  return known.get(db)?.get(id)
}

/** Notes the board of the card that a change gives. */
export async function onCard({ db }: Place, change: Promise<Task>): Promise<Task> {
  const card = await change
  const boards = known.get(db) ?? new Map<TaskId, BoardId>()
  known.set(db, boards)
  if (boards.size >= MOST_KNOWN) boards.clear()
  boards.set(card.id, card.board_id)
  return card
}
