import { findBoard } from '#db/queries/boards.ts'
import type { Board } from '#shared/board.ts'
import type { ExportBoard, ExportedBoard, ExportFormat } from '#shared/board-transfer.ts'
import { cutText } from '#shared/cut-text.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { writeFileWhole } from '../platform/write-file.ts'
import { readBoardContent } from './board-content.ts'
import { csvParts } from './board-csv.ts'
import { jsonParts } from './board-json.ts'

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
  const content = await readBoardContent(ctx, id)
  await writeFileWhole(path, format === 'json' ? jsonParts(ctx, content) : csvParts(content), signal)
  const cards = content.tasks.length
  ctx.log.info({ event: 'board_exported', board_id: id, format, cards }, 'exported')
  return { path, cards }
}

/** Shows the file in the system's file manager. */
export async function showExport(ctx: Pick<AppContext, 'desktop'>, path: string): Promise<void> {
  await ctx.desktop.showInFolder(path)
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
