import { z } from 'zod'
import { CreateColumn, MoveColumn, UpdateColumn } from '#shared/column.ts'
import { ColumnId } from '#shared/ids.ts'
import { SetTransitions } from '#shared/transition.ts'
import * as columns from '../services/columns.ts'
import { setTransitions } from '../services/transitions.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: ColumnId })

export const columnsRouter = router({
  create: procedure.input(CreateColumn).mutation(({ ctx, input }) => columns.createColumn(ctx, input)),
  update: procedure.input(UpdateColumn).mutation(({ ctx, input }) => columns.updateColumn(ctx, input)),
  move: procedure.input(MoveColumn).mutation(({ ctx, input }) => columns.moveColumn(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => columns.deleteColumn(ctx, input.id)),
  /** In place of all rules that the board had; none: every move is allowed. */
  setTransitions: procedure.input(SetTransitions).mutation(({ ctx, input }) => setTransitions(ctx, input)),
  restore: procedure.input(One).mutation(({ ctx, input }) => columns.restoreColumn(ctx, input.id)),
})
