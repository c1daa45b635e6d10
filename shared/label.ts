import { z } from 'zod'
import { BoardId, LabelId, TaskId } from './ids.ts'
import { nameKey } from './name-key.ts'

export const MOST_LABELS = 500

const name = z.string().trim().min(1, 'A label needs a name.').max(50, 'At most 50 characters.')
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'A colour looks like #1A2B3C.')

/** A coloured word that cards of its board can carry. */
export const Label = z.object({
  id: LabelId,
  board_id: BoardId,
  /** Unique on its board, whatever the case. */
  name: z.string(),
  color: z.string(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Label = z.infer<typeof Label>

export const CreateLabel = z.strictObject({ board_id: BoardId, name, color })
export type CreateLabel = z.infer<typeof CreateLabel>

export const UpdateLabel = z.strictObject({ id: LabelId, name: name.optional(), color: color.optional() })
export type UpdateLabel = z.infer<typeof UpdateLabel>

/** Whether what somebody wrote can be the name of one more label beside these. */
export function canBeNewLabel(text: string, labels: ReadonlyMap<LabelId, Pick<Label, 'name'>>): boolean {
  if (text === '' || text.length > 50 || labels.size >= MOST_LABELS) return false
  const name = nameKey(text)
  return ![...labels.values()].some((label) => nameKey(label.name) === name)
}

/** What was taken away: with it `labels.restore` puts everything back. */
export interface DeletedLabel {
  label: Label
  task_ids: TaskId[]
}

/** Those of these labels that no card carries which is not in the trash. */
export const DeleteUnusedLabels = z.strictObject({
  board_id: BoardId,
  ids: z.array(LabelId).max(MOST_LABELS),
})
export type DeleteUnusedLabels = z.infer<typeof DeleteUnusedLabels>

/** Cards of `id` carry `into_id` instead, and `id` is gone. */
export const MergeLabels = z.strictObject({ id: LabelId, into_id: LabelId })
export type MergeLabels = z.infer<typeof MergeLabels>

/** What merging did: with it `labels.unmerge` puts everything back. */
export interface MergedLabels extends DeletedLabel {
  into: Label
  /** Cards that had not carried the other label before. */
  put_on: TaskId[]
}

export const RestoreLabel = z.strictObject({
  label: z.strictObject({ ...Label.shape, name, color }),
  task_ids: z.array(TaskId),
})
export type RestoreLabel = z.infer<typeof RestoreLabel>

export const UnmergeLabels = RestoreLabel.extend({ into_id: LabelId, put_on: z.array(TaskId) })
export type UnmergeLabels = z.infer<typeof UnmergeLabels>
