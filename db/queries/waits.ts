import { asc, inArray } from 'drizzle-orm'
import type { ExecutionSummary, Step, Wait } from '#shared/execution.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { approvals, clarificationQuestions } from '../schema/agents.ts'

type Run = Pick<ExecutionSummary, 'id' | 'completed_at'>
type RunStep = Pick<Step, 'id' | 'execution_id' | 'sequence' | 'started_at' | 'completed_at'>

/** How long executions waited for people: with each of their steps what that waited, and with each execution all of it. */
export interface Waits {
  ofStep(id: StepId): Wait[]
  ofExecution(id: ExecutionId): Wait[]
}

/** With all steps of these executions. */
export async function listWaits(
  db: Db,
  executions: readonly Run[],
  steps: readonly RunStep[],
): Promise<Waits> {
  const ids = executions.map(({ id }) => id)
  const [asked, asking] = await Promise.all([listAsked(db, ids), listAsking(db, ids)])
  const unclear = steps.filter(({ id }) => asking.has(id))
  return {
    ofStep: (id) => asked.flatMap(({ step_id, wait }) => (step_id === id ? wait : [])),
    ofExecution: (id) => {
      const run = executions.find((one) => one.id === id)
      const mine = unclear.filter(({ execution_id }) => execution_id === id)
      return [
        ...asked.flatMap(({ execution_id, wait }) => (execution_id === id ? wait : [])),
        ...mine.map((step) => answersWait(step, steps, run?.completed_at ?? null)),
      ]
    },
  }
}

/** Questions about a card are asked when its check ends, and nothing begins until they are answered or skipped. */
function answersWait(asking: RunStep, steps: readonly RunStep[], end: Date | null): Wait {
  const next = steps.find(
    (step) => step.execution_id === asking.execution_id && step.sequence === asking.sequence + 1,
  )
  return { from: asking.completed_at ?? asking.started_at, until: next?.started_at ?? end }
}

async function listAsked(db: Db, ids: ExecutionId[]) {
  if (ids.length === 0) return []
  const { execution_id, step_id, status, created_at, answered_at, updated_at } = approvals
  const rows = await db
    .select({ execution_id, step_id, status, created_at, answered_at, updated_at })
    .from(approvals)
    .where(inArray(execution_id, ids))
    .orderBy(asc(created_at))
  return rows.map((row) => ({
    ...row,
    wait: {
      from: row.created_at,
      until: row.status === 'pending' ? null : (row.answered_at ?? row.updated_at),
    },
  }))
}

/** Steps that have asked about their card. */
async function listAsking(db: Db, ids: ExecutionId[]): Promise<Set<StepId | null>> {
  if (ids.length === 0) return new Set()
  const { step_id, execution_id } = clarificationQuestions
  const rows = await db
    .selectDistinct({ step_id })
    .from(clarificationQuestions)
    .where(inArray(execution_id, ids))
  return new Set(rows.map((row) => row.step_id))
}
