import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { BoardId, ExecutionId, PolicyRuleId } from '#shared/ids.ts'
import { PolicyRule } from '#shared/policy.ts'
import type { Db } from '../client.ts'
import { policyRules } from '../schema/agents.ts'

export type NewPolicyRule = typeof policyRules.$inferInsert

/** All of a board, those of single executions too, oldest first. */
export async function listPolicyRules(db: Db, boardId: BoardId): Promise<PolicyRule[]> {
  const rows = await db
    .select()
    .from(policyRules)
    .where(eq(policyRules.board_id, boardId))
    .orderBy(asc(policyRules.created_at), asc(policyRules.id))
  return rows.map((row) => PolicyRule.parse(row))
}

/** Those that hold for an execution: its board's and its own. */
export async function listRulesFor(
  db: Db,
  boardId: BoardId,
  executionId: ExecutionId,
): Promise<PolicyRule[]> {
  const rows = await db
    .select()
    .from(policyRules)
    .where(
      and(
        eq(policyRules.board_id, boardId),
        or(isNull(policyRules.execution_id), eq(policyRules.execution_id, executionId)),
      ),
    )
  return rows.map((row) => PolicyRule.parse(row))
}

export async function findPolicyRule(db: Db, id: PolicyRuleId): Promise<PolicyRule | null> {
  const [row] = await db.select().from(policyRules).where(eq(policyRules.id, id))
  return row ? PolicyRule.parse(row) : null
}

/** The same rule is kept once: then the one that is there is given. */
export async function insertPolicyRule(tx: Db, values: NewPolicyRule): Promise<PolicyRule> {
  const { board_id, execution_id, effect, target, pattern } = values
  const [same] = await tx
    .select()
    .from(policyRules)
    .where(
      and(
        eq(policyRules.board_id, board_id),
        execution_id ? eq(policyRules.execution_id, execution_id) : isNull(policyRules.execution_id),
        eq(policyRules.effect, effect),
        eq(policyRules.target, target),
        eq(policyRules.pattern, pattern),
      ),
    )
  if (same) return PolicyRule.parse(same)
  const [row] = await tx.insert(policyRules).values(values).returning()
  return PolicyRule.parse(row)
}

export async function deletePolicyRule(tx: Db, id: PolicyRuleId): Promise<boolean> {
  const rows = await tx.delete(policyRules).where(eq(policyRules.id, id)).returning({ id: policyRules.id })
  return rows.length > 0
}
