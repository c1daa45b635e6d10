import { z } from 'zod'
import { BoardId, ExecutionId, PolicyRuleId } from './ids.ts'

/**
 * What agents of a board may do without asking. `ask`: only read. `edits`: also change files of their workspace.
 * `trusted`: also run the project's own commands and those that the rules allow. `full`: everything inside their workspace and sandbox.
 */
export const PermissionMode = z.enum(['ask', 'edits', 'trusted', 'full'])
export type PermissionMode = z.infer<typeof PermissionMode>

export const DEFAULT_PERMISSION_MODE: PermissionMode = 'ask'

/** What holds for a board that has chosen no mode, and where that is from. */
export const PermissionDefault = z.object({
  mode: PermissionMode,
  /** `environment`: RANGERS_PERMISSION_MODE of this app. */
  source: z.enum(['environment', 'built_in']),
})
export type PermissionDefault = z.infer<typeof PermissionDefault>

export const RuleEffect = z.enum(['allow', 'deny'])
export type RuleEffect = z.infer<typeof RuleEffect>
/** A command line, a path in the workspace, or a tool by its name. */
export const RuleTarget = z.enum(['command', 'path', 'tool'])
export type RuleTarget = z.infer<typeof RuleTarget>
export const RuleSource = z.enum(['answer', 'hand'])
export type RuleSource = z.infer<typeof RuleSource>

/** What is allowed or refused without asking; a refusal outweighs every permission. */
export const PolicyRule = z.object({
  id: PolicyRuleId,
  board_id: BoardId,
  /** Null: for every execution of the board. */
  execution_id: ExecutionId.nullable(),
  effect: RuleEffect,
  target: RuleTarget,
  /** `*` stands for anything within a word or path part, `**` for anything. */
  pattern: z.string(),
  source: RuleSource,
  author_name: z.string(),
  created_at: z.coerce.date(),
})
export type PolicyRule = z.infer<typeof PolicyRule>

export const CreatePolicyRule = z.strictObject({
  board_id: BoardId,
  effect: RuleEffect,
  target: RuleTarget,
  pattern: z.string().trim().min(1, 'What is it about?').max(1000, 'At most 1,000 characters.'),
})
export type CreatePolicyRule = z.infer<typeof CreatePolicyRule>

/** What a remembered answer would leave, before it is given. */
export const ProposedRule = z.object({ target: RuleTarget, pattern: z.string() })
export type ProposedRule = z.infer<typeof ProposedRule>

export const ListPolicyRules = z.strictObject({ board_id: BoardId })
export type ListPolicyRules = z.infer<typeof ListPolicyRules>
