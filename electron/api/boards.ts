import { tracked } from '@trpc/server'
import { z } from 'zod'
import { ArchiveBoard, CreateBoard, ListCards, OpenBoard, UpdateBoard } from '#shared/board.ts'
import { ExportBoard, FileToImport, ImportBoard } from '#shared/board-transfer.ts'
import { BoardId } from '#shared/ids.ts'
import { archiveBoard } from '../services/archive.ts'
import * as boards from '../services/boards.ts'
import { exportBoard, showExport } from '../services/export-board.ts'
import { followBoard, followBoardList } from '../services/follow-board.ts'
import { importBoard, inspectBoardFile, pickBoardFile } from '../services/import-board.ts'
import { listCards, openBoard } from '../services/open-board.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: BoardId })

export const boardsRouter = router({
  list: procedure.query(({ ctx }) => boards.listBoards(ctx)),
  get: procedure.input(One).query(({ ctx, input }) => boards.getBoard(ctx, input.id)),
  /** All that a window needs to draw a board at once, with the first cards of each column. */
  open: procedure.input(OpenBoard).query(({ ctx, input }) => openBoard(ctx, input)),
  /** The cards of a board, page by page. */
  cards: procedure.input(ListCards).query(({ ctx, input }) => listCards(ctx, input)),
  archive: procedure.input(ArchiveBoard).mutation(({ ctx, input }) => archiveBoard(ctx, input)),
  create: procedure.input(CreateBoard).mutation(({ ctx, input }) => boards.createBoard(ctx, input)),
  update: procedure.input(UpdateBoard).mutation(({ ctx, input }) => boards.updateBoard(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => boards.deleteBoard(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => boards.restoreBoard(ctx, input.id)),
  /** Into a file that the person names in the system's dialog; null when they cancel. */
  export: procedure
    .input(ExportBoard)
    .mutation(({ ctx, input, signal }) => exportBoard(ctx, input, signalOf(signal))),
  showExport: procedure
    .input(z.strictObject({ path: z.string().min(1).max(4096) }))
    .mutation(({ ctx, input }) => showExport(ctx, input.path)),
  /** The file that the person picks in the system's dialog; null when they cancel. */
  pickImport: procedure.mutation(({ ctx }) => pickBoardFile(ctx)),
  /** What a file to import holds; nothing is written. */
  inspectImport: procedure
    .input(FileToImport)
    .query(({ input, signal }) => inspectBoardFile(input.path, signalOf(signal))),
  /** A new board from a file of ours or of Trello, whole or not at all; null when the person picks none. */
  import: procedure
    .input(ImportBoard)
    .mutation(({ ctx, input, signal }) => importBoard(ctx, input, signalOf(signal))),
  /** How far the import has come that was begun under this id. */
  onImportProgress: procedure
    .input(z.strictObject({ import_id: z.uuid() }))
    .subscription(({ ctx, input, signal }) => ctx.progress.follow(input.import_id, signalOf(signal))),
  /** What happens on a board, in order; resumable after `lastEventId`. */
  onEvent: procedure
    .input(z.object({ boardId: BoardId, lastEventId: z.string().regex(/^\d+$/).optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      for await (const { id, message } of followBoard(
        ctx,
        input.boardId,
        input.lastEventId,
        signalOf(signal),
      )) {
        yield tracked(id, message)
      }
    }),
  /** A sign whenever the list of boards may have changed. */
  onListChange: procedure.subscription(({ ctx, signal }) => followBoardList(ctx, signalOf(signal))),
})
