import { z } from 'zod'
import { ExecutionId } from './ids.ts'

/**
 * What is in a workspace, not ignored by git, and perhaps not meant for the result: files and folders that the project's
 * own commands made, and repositories that agents have cloned or made within.
 */
export const LeftFile = z.object({
  /** From the top of the workspace; a folder ends with a slash. */
  path: z.string(),
  by: z.enum(['set-up', 'checks', 'agents']),
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
