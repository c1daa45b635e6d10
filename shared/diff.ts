import { z } from 'zod'
import { ExecutionId } from './ids.ts'

export const FileChange = z.object({
  path: z.string(),
  /** The former path of a renamed file. */
  old_path: z.string().nullable(),
  kind: z.enum(['added', 'modified', 'deleted', 'renamed']),
  is_binary: z.boolean(),
  additions: z.number().int(),
  deletions: z.number().int(),
  /** The same as long as what the file was and what it became are the same, whatever else is changed. */
  fingerprint: z.string(),
})
export type FileChange = z.infer<typeof FileChange>

/** All that an execution changed against its base; the patch of a file is fetched when it is looked at. */
export const DiffSummary = z.object({
  base_commit: z.string(),
  head_commit: z.string(),
  files: z.array(FileChange),
  additions: z.number().int(),
  deletions: z.number().int(),
})
export type DiffSummary = z.infer<typeof DiffSummary>

/** One file's unified patch; `truncated` when it is longer than what is shown. */
export const FilePatch = z.object({ path: z.string(), patch: z.string(), truncated: z.boolean() })
export type FilePatch = z.infer<typeof FilePatch>

/** Whether the result can be merged now, asked before the button is pressed. */
export const MergePreview = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    base_branch: z.string(),
    commits: z.number().int(),
    /** So many of them are older than the work, and come along; none when it is not said. */
    older: z.number().int().optional(),
  }),
  /** The branch that it began from was renamed or removed, or it began from none; `branches` it could go into, the likeliest first. */
  z.object({
    state: z.literal('no_base'),
    base_branch: z.string().nullable(),
    branches: z.array(z.string()),
  }),
  z.object({ state: z.literal('nothing_to_merge'), base_branch: z.string() }),
  /** By hand in git, or by an app that was killed before it could write that down. */
  z.object({ state: z.literal('already_merged'), base_branch: z.string() }),
  z.object({ state: z.literal('conflict'), base_branch: z.string(), files: z.array(z.string()) }),
  z.object({ state: z.literal('checkout_in_the_way'), base_branch: z.string(), files: z.array(z.string()) }),
  z.object({ state: z.literal('unavailable'), reason: z.string() }),
])
export type MergePreview = z.infer<typeof MergePreview>

/** Into which branch a result goes instead, or which one it is taken out of. */
export const ChooseBase = z.strictObject({ id: ExecutionId, base_branch: z.string().min(1).max(255) })
export type ChooseBase = z.infer<typeof ChooseBase>

export const MergeResult = z.object({ commit: z.string(), base_branch: z.string() })
export type MergeResult = z.infer<typeof MergeResult>

/** Whether a merge can be taken back now; `commits` of the base branch are undone by one new commit, of a plain folder none. */
export const RevertPreview = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    base_branch: z.string(),
    commits: z.number().int(),
    files: z.array(z.string()),
  }),
  /** The branch that has it was renamed or removed; `branches` that have it too, the likeliest first, and never none. */
  z.object({
    state: z.literal('no_base'),
    base_branch: z.string().nullable(),
    branches: z.array(z.string()),
  }),
  /** By hand, or by an app that ended before it was written down: only the card does not know yet. */
  z.object({ state: z.literal('already_reverted'), base_branch: z.string() }),
  z.object({ state: z.literal('conflict'), base_branch: z.string(), files: z.array(z.string()) }),
  z.object({ state: z.literal('checkout_in_the_way'), base_branch: z.string(), files: z.array(z.string()) }),
  z.object({ state: z.literal('unavailable'), reason: z.string() }),
])
export type RevertPreview = z.infer<typeof RevertPreview>

/** A merge into a plain folder, or its revert, that an app which was killed or a full disk has broken off. */
export const InterruptedMerge = z.object({
  direction: z.enum(['merge', 'revert']),
  folder: z.string(),
  /** Files as they are to be, as they were, and as somebody else has made them since. */
  done: z.array(z.string()),
  open: z.array(z.string()),
  changed: z.array(z.string()),
  /** Why it can be neither finished nor taken back; then nobody knows which of its files are changed, and all are `open`. */
  obstacle: z.string().nullable(),
})
export type InterruptedMerge = z.infer<typeof InterruptedMerge>

/** A result of which a plain folder has only a part. */
export interface HalfMerged {
  execution_id: ExecutionId
  direction: InterruptedMerge['direction']
}

/** What is as before again, and what was left as somebody else has made it since. */
export const TakenBack = z.object({ back: z.array(z.string()), left: z.array(z.string()) })
export type TakenBack = z.infer<typeof TakenBack>

export const RevertResult = z.object({
  /** The tip of the base branch, which does not have the change any more; null for a folder that is no repository. */
  commit: z.string().nullable(),
  base_branch: z.string(),
  /** Where the work is now; null when its checkout could not be made, and then `kept_ref` has it. */
  branch: z.string().nullable(),
  kept_ref: z.string(),
})
export type RevertResult = z.infer<typeof RevertResult>
