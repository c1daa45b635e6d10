import { lastBoardEventId } from '#db/queries/board-events.ts'
import { findBoard } from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { presentExecution } from '#db/queries/executions.ts'
import { listLabels } from '#db/queries/labels.ts'
import {
  countCards,
  listBlockingCards,
  listCardsAfter,
  listExecutionsOf,
  listFirstCards,
} from '#db/queries/open-board.ts'
import { listViews } from '#db/queries/saved-views.ts'
import { listLinks } from '#db/queries/task-links.ts'
import { listTransitions } from '#db/queries/transitions.ts'
import type { CardPage, ListCards, OpenBoard, OpenedBoard } from '#shared/board.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { findLocalProject } from './local-project.ts'

type ReadContext = Pick<AppContext, 'db'>

/**
 * What a window draws at once, however many cards the board has. The cursor is read first: an event that lands in between
 * is replayed, and applying it again changes nothing.
 */
export async function openBoard(
  { db, places }: ReadContext & Pick<AppContext, 'places'>,
  { id, per_column }: OpenBoard,
): Promise<OpenedBoard> {
  const lastEventId = await lastBoardEventId(db, id)
  const board = await findBoard(db, id)
  if (!board) throw new NotFoundError('Board', id)
  const [project, columns, labels, links, transitions, views, counts, tasks] = await Promise.all([
    board.project_id ? findLocalProject({ db, places }, board.project_id) : null,
    listColumns(db, id),
    listLabels(db, id),
    listLinks(db, id),
    listTransitions(db, id),
    listViews(db, id),
    countCards(db, id),
    listFirstCards(db, id, per_column),
  ])
  const ids = tasks.map((task) => task.id)
  const blockers = links.length > 0 ? await listBlockingCards(db, id, ids) : []
  const executions = await listExecutionsOf(db, [...tasks, ...blockers])
  return {
    ...board,
    project,
    columns,
    labels,
    links,
    transitions,
    views,
    counts,
    tasks,
    blockers,
    executions: executions.map(presentExecution),
    last_event_id: String(lastEventId),
  }
}

/** The cards of a board by their numbers, from one on. Events that come meanwhile win by their versions. */
export async function listCards(
  { db }: ReadContext,
  { board_id, after, limit }: ListCards,
): Promise<CardPage> {
  const tasks = await listCardsAfter(db, board_id, after, limit)
  const executions = await listExecutionsOf(db, tasks)
  return {
    tasks,
    executions: executions.map(presentExecution),
    next: tasks.length === limit ? (tasks.at(-1)?.number ?? null) : null,
  }
}
