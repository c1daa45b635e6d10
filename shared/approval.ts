import { z } from 'zod'
import { ToolKind } from './execution-event.ts'
import { ApprovalId, BoardId, ExecutionId, StepId, TaskId } from './ids.ts'
import { ProposedRule } from './policy.ts'

/** A tool that the policy does not allow by itself; a gate of a workflow; a plan; a merge. */
export const ApprovalKind = z.enum(['permission', 'gate', 'plan', 'merge'])
export type ApprovalKind = z.infer<typeof ApprovalKind>

/** `withdrawn`: nobody waits for the answer any more. */
export const ApprovalStatus = z.enum(['pending', 'approved', 'denied', 'withdrawn'])
export type ApprovalStatus = z.infer<typeof ApprovalStatus>

/** For how long an answer holds; `always` becomes a rule of the board. */
export const Remember = z.enum(['once', 'execution', 'always'])
export type Remember = z.infer<typeof Remember>

/** A question of a running agent or workflow to a person. */
export const Approval = z.object({
  id: ApprovalId,
  board_id: BoardId,
  task_id: TaskId,
  execution_id: ExecutionId,
  step_id: StepId.nullable(),
  kind: ApprovalKind,
  tool: z.string().nullable(),
  tool_kind: ToolKind.nullable(),
  title: z.string(),
  /** The command line, the change of files as a unified diff (see change-text.ts), the paths or the text that it is about. */
  detail: z.string(),
  paths: z.array(z.string()),
  /** Why it is asked. */
  reason: z.string().nullable(),
  status: ApprovalStatus,
  remember: Remember.nullable(),
  message: z.string().nullable(),
  answered_by: z.string().nullable(),
  answered_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
})
export type Approval = z.infer<typeof Approval>

/** One of the inbox, with where it belongs. */
export const ApprovalItem = Approval.extend({
  /** KEY-number. */
  task_key: z.string(),
  task_title: z.string(),
  board_name: z.string(),
  /** What `execution` and `always` would leave; none: the answer holds once. */
  proposed_rules: z.array(ProposedRule),
})
export type ApprovalItem = z.infer<typeof ApprovalItem>

/** The inbox: pending ones oldest first; with `answered` those of before, newest first. */
export const ListApprovals = z.strictObject({
  board_id: BoardId.optional(),
  execution_id: ExecutionId.optional(),
  answered: z.boolean().default(false),
  limit: z.number().int().min(1).max(500).default(200),
})
export type ListApprovals = z.infer<typeof ListApprovals>

export const AnswerApproval = z.strictObject({
  id: ApprovalId,
  approve: z.boolean(),
  /** With a plan that is not approved: it is written anew, by what the message says. */
  again: z.boolean().optional(),
  remember: Remember.default('once'),
  /** Told to the agent. */
  message: z.string().max(2000, 'At most 2,000 characters.').optional(),
  /** The rule that `always` and `execution` leave, where the person changed the proposed one. */
  pattern: z.string().min(1).max(1000).optional(),
})
export type AnswerApproval = z.infer<typeof AnswerApproval>
