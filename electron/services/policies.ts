import * as queries from '#db/queries/policies.ts'
import type { AnswerApproval, Approval } from '#shared/approval.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import { type BoardId, PolicyRuleId } from '#shared/ids.ts'
import {
  type CreatePolicyRule,
  DEFAULT_PERMISSION_MODE,
  type PermissionDefault,
  type PolicyRule,
  type ProposedRule,
  type RuleEffect,
} from '#shared/policy.ts'
import type { AppContext } from '../context.ts'
import { commandPatternProblem } from '../policy/command-pattern.ts'
import { pathPatternProblem } from '../policy/path-pattern.ts'
import { proposeRules } from '../policy/propose-rules.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'

/** What holds for boards that have chosen no mode, in this app. */
export function permissionDefault({ config }: Pick<AppContext, 'config'>): PermissionDefault {
  const { permissionMode } = config
  return permissionMode
    ? { mode: permissionMode, source: 'environment' }
    : { mode: DEFAULT_PERMISSION_MODE, source: 'built_in' }
}

/** All rules of a board, those that hold for one execution only too. */
export function listPolicyRules(ctx: Pick<BoardContext, 'db'>, boardId: BoardId): Promise<PolicyRule[]> {
  return queries.listPolicyRules(ctx.db, boardId)
}

/** Throws InvalidInputError for a pattern that would not do what it says. The same rule is kept once. */
export function createPolicyRule(ctx: BoardContext, input: CreatePolicyRule): Promise<PolicyRule> {
  refuseBad(input, input.effect)
  return changeBoard(ctx, input.board_id, async (work) => {
    const [rule] = await insert(ctx, work, [input], {
      effect: input.effect,
      source: 'hand',
      execution_id: null,
    })
    if (!rule) throw new NotFoundError('Board', input.board_id)
    return rule
  })
}

/** Agents ask again from now on. */
export async function removePolicyRule(ctx: BoardContext, id: PolicyRuleId): Promise<PolicyRule> {
  const rule = await queries.findPolicyRule(ctx.db, id)
  if (!rule) throw new NotFoundError('Rule', id)
  return changeBoard(ctx, rule.board_id, async (work) => {
    if (!(await queries.deletePolicyRule(work.tx, id))) throw new NotFoundError('Rule', id)
    work.tell({ type: 'policies_updated', data: { id: rule.board_id } })
    return rule
  })
}

/** The rules that an answer leaves: the proposed ones, or the person's own. */
export async function rememberAnswer(
  ctx: BoardContext,
  work: BoardChange,
  approval: Approval,
  { approve, remember, pattern }: AnswerApproval,
): Promise<void> {
  const effect = approve ? 'allow' : 'deny'
  const proposed = proposeRules(approval)
  const rules = pattern === undefined ? proposed : [{ target: targetOf(approval), pattern: pattern.trim() }]
  if (rules.length === 0) {
    const sentence = 'This cannot be told apart from other things by a rule. Answer it for this once.'
    throw new InvalidInputError('NO_RULE', sentence)
  }
  for (const rule of rules) refuseBad(rule, effect)
  const execution_id = remember === 'execution' ? approval.execution_id : null
  await insert(ctx, work, rules, { effect, source: 'answer', execution_id })
}

function targetOf({ tool_kind }: Approval): ProposedRule['target'] {
  if (tool_kind === 'execute') return 'command'
  return tool_kind === 'edit' || tool_kind === 'delete' || tool_kind === 'move' ? 'path' : 'tool'
}

function refuseBad({ target, pattern }: ProposedRule, effect: RuleEffect): void {
  const problem =
    target === 'command'
      ? commandPatternProblem(pattern, effect)
      : target === 'path'
        ? pathPatternProblem(pattern)
        : null
  if (problem) throw new InvalidInputError('BAD_PATTERN', problem)
}

async function insert(
  ctx: BoardContext,
  { tx, board, tell }: BoardChange,
  rules: readonly ProposedRule[],
  common: Pick<PolicyRule, 'effect' | 'source' | 'execution_id'>,
): Promise<PolicyRule[]> {
  const { id: author_id, name: author_name } = ctx.actor()
  const made: PolicyRule[] = []
  for (const { target, pattern } of rules) {
    const id = PolicyRuleId.parse(ctx.newId())
    const values = {
      id,
      board_id: board.id,
      target,
      pattern,
      ...common,
      author_id: author_id ?? '',
      author_name,
    }
    made.push(await queries.insertPolicyRule(tx, values))
  }
  tell({ type: 'policies_updated', data: { id: board.id } })
  return made
}
