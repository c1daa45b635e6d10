import { z } from 'zod'
import { ExecutionId } from './ids.ts'

/** A file or folder that the project's own commands made in a workspace, and that git does not ignore. */
export const LeftFile = z.object({
  /** From the top of the workspace; a folder ends with a slash. */
  path: z.string(),
  by: z.enum(['set-up', 'checks']),
})
export type LeftFile = z.infer<typeof LeftFile>

/**
 * What becomes of them. `keep`: they are part of the result. `ignore`: they stay on the disk, leave the result, and git
 * ignores them in this repository from now on (`info/exclude`). `remove`: they go, and a copy is kept under a hidden ref.
 */
export const SettleLeftFiles = z.strictObject({
  id: ExecutionId,
  paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
  how: z.enum(['keep', 'ignore', 'remove']),
})
export type SettleLeftFiles = z.infer<typeof SettleLeftFiles>
