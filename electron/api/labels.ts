import { z } from 'zod'
import { BoardId, LabelId } from '#shared/ids.ts'
import {
  CreateLabel,
  DeleteUnusedLabels,
  MergeLabels,
  RestoreLabel,
  UnmergeLabels,
  UpdateLabel,
} from '#shared/label.ts'
import * as labels from '../services/labels.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: LabelId })

export const labelsRouter = router({
  list: procedure
    .input(z.strictObject({ board_id: BoardId }))
    .query(({ ctx, input }) => labels.listLabels(ctx, input.board_id)),
  create: procedure.input(CreateLabel).mutation(({ ctx, input }) => labels.createLabel(ctx, input)),
  update: procedure.input(UpdateLabel).mutation(({ ctx, input }) => labels.updateLabel(ctx, input)),
  /** Off all its cards; `restore` takes what this answers. */
  delete: procedure.input(One).mutation(({ ctx, input }) => labels.deleteLabel(ctx, input.id)),
  /** Those that cards still carry stay; `restore` takes each of what this answers. */
  deleteUnused: procedure
    .input(DeleteUnusedLabels)
    .mutation(({ ctx, input }) => labels.deleteUnusedLabels(ctx, input)),
  /** `unmerge` takes what this answers. */
  merge: procedure.input(MergeLabels).mutation(({ ctx, input }) => labels.mergeLabels(ctx, input)),
  unmerge: procedure.input(UnmergeLabels).mutation(({ ctx, input }) => labels.unmergeLabels(ctx, input)),
  restore: procedure.input(RestoreLabel).mutation(({ ctx, input }) => labels.restoreLabel(ctx, input)),
})
