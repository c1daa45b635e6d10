import {
  listCommentsToExport,
  listPeople,
  listTasksToExport,
  type StoredComment,
} from '#db/queries/board-content.ts'
import { findBoard, nextTaskNumber } from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { listLabels } from '#db/queries/labels.ts'
import { listViews } from '#db/queries/saved-views.ts'
import { listLinks } from '#db/queries/task-links.ts'
import { listTemplates } from '#db/queries/templates.ts'
import { listTransitions } from '#db/queries/transitions.ts'
import { inTransaction } from '#db/transaction.ts'
import type { Board } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { SavedView } from '#shared/saved-view.ts'
import type { Task } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'
import type { CardTemplate } from '#shared/template.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { AppContext } from '../context.ts'

/** All that is on a board and not in the trash. */
export interface BoardContent {
  board: Board
  nextNumber: number
  columns: Column[]
  labels: Label[]
  transitions: BoardTransition[]
  links: TaskLink[]
  /** Column by column, as they are drawn; those of the archive too. */
  tasks: Task[]
  comments: StoredComment[]
  views: SavedView[]
  /** For cards of this board alone. */
  templates: { name: string; content: CardTemplate }[]
  /** Names by the ids of persons. */
  people: ReadonlyMap<string, string>
}

/** All of it as it is at one moment. */
export function readBoardContent(ctx: Pick<AppContext, 'db'>, id: BoardId): Promise<BoardContent> {
  return inTransaction(
    ctx.db,
    async (tx) => {
      const board = await findBoard(tx, id)
      if (!board) throw new NotFoundError('Board', id)
      const columns = await listColumns(tx, id)
      const place = new Map(columns.map((column, index) => [column.id, index]))
      const tasks = await listTasksToExport(tx, id) // in their order; sorting is stable
      tasks.sort((a, b) => (place.get(a.column_id) ?? 0) - (place.get(b.column_id) ?? 0))
      return {
        board,
        nextNumber: await nextTaskNumber(tx, id),
        columns,
        labels: await listLabels(tx, id),
        transitions: await listTransitions(tx, id),
        links: await listLinks(tx, id),
        tasks,
        comments: await listCommentsToExport(
          tx,
          tasks.map((task) => task.id),
        ),
        views: await listViews(tx, id),
        templates: (await listTemplates(tx, id)).flatMap((one) =>
          one.kind === 'card' && one.board_id === id ? [{ name: one.name, content: one.content }] : [],
        ),
        people: new Map((await listPeople(tx)).map((person) => [person.id, person.name])),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
