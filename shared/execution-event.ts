import { z } from 'zod'
import { ExecutionStatus, Phase, Verdict } from './execution.ts'
import { ExecutionId, StepId } from './ids.ts'
import { FailureKind, Usage } from './provider.ts'

export const ToolKind = z.enum([
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'fetch',
  'think',
  'other',
])
export type ToolKind = z.infer<typeof ToolKind>

/** What happened, one line of it. Tool events are upserted by `id`; text is appended by `message_id`. */
export const ExecutionEventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), status: ExecutionStatus, message: z.string().nullable() }),
  z.object({
    type: z.literal('step_started'),
    phase: Phase,
    iteration: z.number().int(),
    model: z.string().nullable(),
  }),
  z.object({
    type: z.literal('step_finished'),
    phase: Phase,
    iteration: z.number().int(),
    summary: z.string(),
  }),
  z.object({ type: z.literal('text'), message_id: z.string(), delta: z.string() }),
  z.object({ type: z.literal('thinking'), message_id: z.string(), delta: z.string() }),
  z.object({
    type: z.literal('tool'),
    id: z.string(),
    name: z.string(),
    kind: ToolKind,
    title: z.string(),
    paths: z.array(z.string()),
    status: z.enum(['running', 'done', 'failed', 'denied']),
    /** Bounded; the end is kept. */
    output: z.string().nullable(),
  }),
  z.object({
    type: z.literal('retry'),
    attempt: z.number().int(),
    max: z.number().int(),
    delay_ms: z.number().int(),
    cause: FailureKind,
  }),
  /** The agent's own list of what it means to do; each one replaces that before. */
  z.object({
    type: z.literal('plan'),
    entries: z.array(z.object({ text: z.string(), status: z.enum(['pending', 'in_progress', 'completed']) })),
  }),
  z.object({ type: z.literal('usage'), usage: Usage, cost_usd: z.number().nullable() }),
  z.object({ type: z.literal('verdict'), iteration: z.number().int(), verdict: Verdict }),
  z.object({
    type: z.literal('commit'),
    commit: z.string(),
    message: z.string(),
    files: z.array(z.string()),
  }),
  z.object({ type: z.literal('notice'), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
])
export type ExecutionEventBody = z.infer<typeof ExecutionEventBody>

/** One persisted line of what an agent did; `sequence` grows by one within its execution, from 1. */
export const ExecutionEvent = z.object({
  execution_id: ExecutionId,
  step_id: StepId.nullable(),
  sequence: z.number().int(),
  created_at: z.coerce.date(),
  body: ExecutionEventBody,
})
export type ExecutionEvent = z.infer<typeof ExecutionEvent>
