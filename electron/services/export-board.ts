import { setImmediate as breathe } from 'node:timers/promises'
import { findBoard, nextTaskNumber } from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { listTasks } from '#db/queries/tasks.ts'
import { inTransaction } from '#db/transaction.ts'
import type { Board } from '#shared/board.ts'
import {
  BOARD_FILE_FORMAT,
  BOARD_FILE_VERSION,
  type FileColumn,
  type FileTaskInput,
} from '#shared/board-file.ts'
import type { ExportBoard, ExportedBoard, ExportFormat } from '#shared/board-transfer.ts'
import type { Column } from '#shared/column.ts'
import { cutText } from '#shared/cut-text.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { writeFileWhole } from '../platform/write-file.ts'
import { csvHeadings, csvRows } from './board-csv.ts'

/** Cards that are written at once; nothing else waits longer than they take. */
const BATCH = 250

type ExportContext = Pick<AppContext, 'db' | 'now' | 'version' | 'log'>

/** Asks the person where to, then writes the board there. Null when they think better of it. */
export async function exportBoard(
  ctx: ExportContext & Pick<AppContext, 'desktop'>,
  { id, format }: ExportBoard,
  signal: AbortSignal,
): Promise<ExportedBoard | null> {
  const board = await findBoard(ctx.db, id)
  if (!board) throw new NotFoundError('Board', id)
  const path = await ctx.desktop.pickSavePath({
    title: `Export “${board.name}”`,
    fileName: `${fileNameOf(board)}.${format}`,
    types: [
      format === 'json' ? { name: 'Board', extensions: ['json'] } : { name: 'Table', extensions: ['csv'] },
    ],
  })
  return path === null ? null : writeBoard(ctx, { id, format, path }, signal)
}

/** Writes the board's columns and cards into a file; what is in the trash stays out. */
export async function writeBoard(
  ctx: ExportContext,
  { id, format, path }: { id: BoardId; format: ExportFormat; path: string },
  signal: AbortSignal,
): Promise<ExportedBoard> {
  const content = await readWhole(ctx, id)
  await writeFileWhole(path, format === 'json' ? jsonParts(ctx, content) : csvParts(content), signal)
  const cards = content.tasks.length
  ctx.log.info({ event: 'board_exported', board_id: id, format, cards }, 'exported')
  return { path, cards }
}

/** Shows the file in the system's file manager. */
export async function showExport(ctx: Pick<AppContext, 'desktop'>, path: string): Promise<void> {
  await ctx.desktop.showInFolder(path)
}

interface BoardContent {
  board: Board
  nextNumber: number
  columns: Column[]
  /** Column by column, as they are drawn. */
  tasks: Task[]
}

/** All of it as it is at one moment. */
function readWhole(ctx: Pick<AppContext, 'db'>, id: BoardId): Promise<BoardContent> {
  return inTransaction(
    ctx.db,
    async (tx) => {
      const board = await findBoard(tx, id)
      if (!board) throw new NotFoundError('Board', id)
      const columns = await listColumns(tx, id)
      const place = new Map(columns.map((column, index) => [column.id, index]))
      const tasks = await listTasks(tx, id) // in their order; sorting is stable
      tasks.sort((a, b) => (place.get(a.column_id) ?? 0) - (place.get(b.column_id) ?? 0))
      return { board, nextNumber: await nextTaskNumber(tx, id), columns, tasks }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** A line for each column and card: such files can be compared, and a broken one says which card it was. */
async function* jsonParts(
  ctx: Pick<AppContext, 'now' | 'version'>,
  { board, nextNumber, columns, tasks }: BoardContent,
): AsyncGenerator<string> {
  const { key, name, description, settings } = board
  const names = new Map(columns.map((column, index) => [column.id, `c${index + 1}`]))
  const head = {
    format: BOARD_FILE_FORMAT,
    version: BOARD_FILE_VERSION,
    app_version: ctx.version,
    exported_at: ctx.now(),
    board: { key, name, description, settings, next_task_number: nextNumber },
  }
  yield `${JSON.stringify(head).slice(0, -1)},\n"columns":[`
  yield lines(columns.map((column, index) => toFileColumn(column, `c${index + 1}`)))
  yield '],\n"tasks":['
  for (let at = 0; at < tasks.length; at += BATCH) {
    if (at > 0) yield ','
    yield lines(tasks.slice(at, at + BATCH).map((task) => toFileTask(task, names.get(task.column_id) ?? '')))
    await breathe()
  }
  yield ']}\n'
}

async function* csvParts({ board, columns, tasks }: BoardContent): AsyncGenerator<string> {
  const byId = new Map(columns.map((column) => [column.id, column]))
  yield csvHeadings()
  for (let at = 0; at < tasks.length; at += BATCH) {
    yield csvRows(board.key, byId, tasks.slice(at, at + BATCH))
    await breathe()
  }
}

function lines(values: readonly object[]): string {
  return values.map((value) => `\n${JSON.stringify(value)}`).join(',')
}

function toFileColumn(column: Column, id: string): FileColumn {
  const { name, color, wip_limit, triggers_agents, agent_workflow_type } = column
  const { is_start_column, is_review_column, is_end_column } = column
  return {
    id,
    name,
    color,
    wip_limit,
    triggers_agents,
    agent_workflow_type,
    is_start_column,
    is_review_column,
    is_end_column,
  }
}

function toFileTask(task: Task, column: string): FileTaskInput {
  const { number, title, description, assigned_to, status, priority, created_at, updated_at } = task
  return {
    number,
    column,
    title,
    description,
    assigned_to,
    status,
    priority,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

/** The board's name as a file can have it on every system. */
function fileNameOf({ key, name }: Board): string {
  const plain = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return cutText(`${key} ${plain}`, 80).replace(/[. ]+$/, '')
}
