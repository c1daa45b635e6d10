import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { steps } from '../schema/executions.ts'

/** What each step has left as a commit, in the order in which they ran; only those that have left one. */
export async function listStepCommits(
  db: Db,
  executionId: ExecutionId,
): Promise<Pick<typeof steps.$inferSelect, 'status' | 'head_commit'>[]> {
  return db
    .select({ status: steps.status, head_commit: steps.head_commit })
    .from(steps)
    .where(and(eq(steps.execution_id, executionId), isNotNull(steps.head_commit)))
    .orderBy(asc(steps.sequence))
}
