import { z } from 'zod'
import { CreateColumn, MoveColumn, UpdateColumn } from '#shared/column.ts'
import { ColumnId } from '#shared/ids.ts'
import * as columns from '../services/columns.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: ColumnId })

export const columnsRouter = router({
  create: procedure.input(CreateColumn).mutation(({ ctx, input }) => columns.createColumn(ctx, input)),
  update: procedure.input(UpdateColumn).mutation(({ ctx, input }) => columns.updateColumn(ctx, input)),
  move: procedure.input(MoveColumn).mutation(({ ctx, input }) => columns.moveColumn(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => columns.deleteColumn(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => columns.restoreColumn(ctx, input.id)),
})
