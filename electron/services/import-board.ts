import { insertContent, listPeople } from '#db/queries/board-content.ts'
import { holdBoardKeys, insertBoard } from '#db/queries/boards.ts'
import { insertColumns } from '#db/queries/columns.ts'
import { findProject } from '#db/queries/projects.ts'
import { insertTasks } from '#db/queries/tasks.ts'
import { listWorkflows } from '#db/queries/workflows.ts'
import type { Board } from '#shared/board.ts'
import { keyFor } from '#shared/board-key.ts'
import type { ImportBoard, ImportedBoard, ImportPreview } from '#shared/board-transfer.ts'
import { NotFoundError } from '#shared/errors.ts'
import { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import type { Progress } from '../events/progress.ts'
import { boardActivity } from './board-activity.ts'
import { type BoardContext, makeBoard } from './change-board.ts'
import { fitBoard, type ImportPlace } from './fit-board.ts'
import { ImportRows } from './import-rows.ts'
import { permissionDefault } from './policies.ts'
import { type BoardDraft, readBoardFile } from './read-board-file.ts'

/** Cards of one statement. */
const BATCH = 500

type ImportContext = BoardContext & Pick<AppContext, 'desktop' | 'progress' | 'log' | 'config'>

/** The file that the person picks in the system's dialog; null when they cancel. */
export function pickBoardFile(ctx: Pick<AppContext, 'desktop'>): Promise<string | null> {
  return ctx.desktop.pickFile({
    title: 'Import a board of Agent Rangers or Trello',
    types: [{ name: 'Board (JSON)', extensions: ['json'] }],
  })
}

/** What a file holds; nothing is written. */
export async function inspectBoardFile(path: string, signal: AbortSignal): Promise<ImportPreview> {
  const { source, head, tasks, closed } = await readBoardFile(path, { closed: 'leave_out', signal })
  return {
    path,
    source,
    name: head.board.name,
    columns: head.columns.length,
    cards: tasks.length,
    closed_columns: closed.columns,
    closed_cards: closed.cards,
  }
}

/** A new board from a file, whole or not at all. Null when the person picks none. */
export async function importBoard(
  ctx: ImportContext,
  { path: given, closed, project_id = null, import_id }: ImportBoard,
  signal: AbortSignal,
): Promise<ImportedBoard | null> {
  const path = given ?? (await pickBoardFile(ctx))
  if (path === null) return null
  const report = (progress?: Progress) => import_id && ctx.progress.report(import_id, progress)
  try {
    const file = await readBoardFile(path, {
      closed,
      signal,
      onProgress: (done, total) => report({ phase: 'reading', done, total }),
    })
    const draft = { ...file, head: fitBoard(file.head, await placeOf(ctx), file.notes) }
    const written = (done: number) => report({ phase: 'writing', done, total: draft.tasks.length })
    const board = await writeDraft(ctx, draft, project_id, signal, written)
    const imported = summary(draft, board)
    const { columns, cards, trashed } = imported
    ctx.log.info({ event: 'board_imported', board_id: board.id, columns, cards, trashed }, 'imported')
    return imported
  } finally {
    report()
  }
}

async function writeDraft(
  ctx: ImportContext,
  draft: BoardDraft,
  projectId: Board['project_id'],
  signal: AbortSignal,
  written: (cards: number) => void,
): Promise<Board> {
  const { board: values } = draft.head
  const boardId = BoardId.parse(ctx.newId())
  return makeBoard(
    ctx,
    boardId,
    async ({ tx, tell }) => {
      if (projectId && !(await findProject(tx, projectId))) throw new NotFoundError('Project', projectId)
      const people = new Set((await listPeople(tx)).map((person) => person.id))
      const rows = new ImportRows(ctx, boardId, draft, people)
      const taken = await holdBoardKeys(tx)
      const created = await insertBoard(tx, {
        id: boardId,
        name: values.name,
        description: values.description ?? null,
        key:
          values.key && !taken.includes(values.key) ? values.key : keyFor(values.key ?? values.name, taken),
        project_id: projectId,
        settings: values.settings,
        next_task_number: rows.nextNumber,
      })
      // Nobody can have it open yet: one event says that it is there, and the first look shows all that is on it.
      tell(
        { type: 'board_created', data: created },
        boardActivity(created, 'created', (name) => `imported the board ${name}`),
      )
      await insertColumns(tx, rows.columns())
      for (let at = 0; at < draft.tasks.length; at += BATCH) {
        signal.throwIfAborted()
        await insertTasks(tx, draft.tasks.slice(at, at + BATCH).map(rows.task))
        written(Math.min(at + BATCH, draft.tasks.length))
      }
      await insertContent(tx, rows.content(authorOf(ctx)))
      signal.throwIfAborted()
      return created
    },
    { signal },
  )
}

function authorOf(ctx: Pick<BoardContext, 'actor'>): string {
  const { id, name } = ctx.actor()
  return id ?? name.slice(0, 100)
}

async function placeOf(ctx: ImportContext): Promise<ImportPlace> {
  const workflows = await listWorkflows(ctx.db)
  return { workflows: new Set(workflows.map(({ id }) => id)), mode: permissionDefault(ctx).mode }
}

function summary({ head, tasks, notes }: BoardDraft, board: Board): ImportedBoard {
  const gone = new Set(head.columns.filter((column) => column.trashed).map((column) => column.id))
  const cards = tasks.filter((task) => !task.trashed && !gone.has(task.column)).length
  const columns = head.columns.length - gone.size
  return { board, columns, cards, trashed: gone.size + tasks.length - cards, notes: notes.list() }
}
