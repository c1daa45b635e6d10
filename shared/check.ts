import { z } from 'zod'
import { ExecutionId, StepId } from './ids.ts'

/** `run` starts the project, for a person to try it; it judges nothing. */
export const CheckKind = z.enum(['setup', 'lint', 'test', 'run'])
export type CheckKind = z.infer<typeof CheckKind>

export const CheckStatus = z.enum(['running', 'passed', 'failed', 'timed_out', 'cancelled'])
export type CheckStatus = z.infer<typeof CheckStatus>

/** A command of the project that was run in a workspace: fact, beside what the agent claims. */
export const StepCheck = z.object({
  id: z.uuid(),
  execution_id: ExecutionId,
  step_id: StepId.nullable(),
  kind: CheckKind,
  command: z.string(),
  exit_code: z.number().int().nullable(),
  status: CheckStatus,
  /** Bounded; the end is kept. */
  output: z.string(),
  duration_ms: z.number().int().nullable(),
  created_at: z.coerce.date(),
})
export type StepCheck = z.infer<typeof StepCheck>
