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

/** A step of the plan that an agent keeps while it works. */
export const PlanEntry = z.object({
  text: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed']),
})
export type PlanEntry = z.infer<typeof PlanEntry>

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
    /** What it changes, as the lines of a unified diff; bounded. */
    diff: z.string().optional(),
  }),
  /** What a tool prints, as it prints it: whole, in pieces of whole lines. */
  z.object({
    type: z.literal('tool_output'),
    /** The tool's. */
    id: z.string(),
    delta: z.string(),
    /** Lines of this tool before the piece. */
    line: z.number().int(),
  }),
  z.object({
    type: z.literal('retry'),
    attempt: z.number().int(),
    max: z.number().int(),
    delay_ms: z.number().int(),
    cause: FailureKind,
  }),
  /** The agent's own list of what it means to do; each one replaces that before. */
  z.object({ type: z.literal('plan'), entries: z.array(PlanEntry) }),
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
  /** The line that this one goes on with: the beginning of its message, its tool's or plan's first one. Null: it begins. */
  head: z.number().int().nullable().default(null),
  created_at: z.coerce.date(),
  body: ExecutionEventBody,
})
export type ExecutionEvent = z.infer<typeof ExecutionEvent>
