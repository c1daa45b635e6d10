import { z } from 'zod'
import { ExecutionId, StepId } from './ids.ts'

export const RepositoryChangeKind = z.enum(['ref', 'stash', 'hook', 'config', 'head'])
export type RepositoryChangeKind = z.infer<typeof RepositoryChangeKind>

/** A change outside the execution's own branch that was found after a step. */
export const RepositoryChange = z.object({
  id: z.uuid(),
  execution_id: ExecutionId,
  step_id: StepId.nullable(),
  kind: RepositoryChangeKind,
  /** The ref, hook or setting. */
  name: z.string(),
  /** Null: it was not there. */
  before: z.string().nullable(),
  /** Null: it is gone. */
  after: z.string().nullable(),
  undone_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
})
export type RepositoryChange = z.infer<typeof RepositoryChange>
