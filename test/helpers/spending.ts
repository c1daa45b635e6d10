import { sql } from 'drizzle-orm'
import { beforeEach } from 'vitest'
import type { EndedCall } from '#electron/gateway/model-call.ts'
import { ExecutionId, StepId } from '#shared/ids.ts'
import { makeBoard, makeTasks } from './factories.ts'
import type { TestApp } from './test-app.ts'

export const NEVER = new AbortController().signal
export const FREE = { input: 0, output: 0, cache_read: 0, cache_write: 0 }

/** Each test begins with nothing spent and no limit. */
export function eachUnspent(app: () => TestApp): void {
  beforeEach(async () => {
    await app().ctx.db.execute(sql`delete from model_calls`)
    await app().ctx.db.execute(sql`delete from budgets`)
  })
}

/** A card with an execution at work, and what its calls are counted on. */
export async function makeSubject(app: TestApp, board?: Awaited<ReturnType<typeof makeBoard>>) {
  const { board: on, backlog } = board ?? (await makeBoard(app))
  const [task] = await makeTasks(app, on.id, backlog.id, ['Spend'])
  if (!task) throw new Error('no card')
  const id = ExecutionId.parse(app.ctx.newId())
  const stepId = StepId.parse(app.ctx.newId())
  await app.ctx.db.execute(sql`
    insert into executions (id, task_id, board_id, workflow_type, provider, status, requested_by)
    values (${id}, ${task.id}, ${on.id}, 'development', 'anthropic', 'completed', ${app.ctx.actor().id})`)
  await app.ctx.db.execute(sql`
    insert into steps (id, execution_id, sequence, phase, iteration, status)
    values (${stepId}, ${id}, 1, 'development', 1, 'completed')`)
  const notices: string[] = []
  const subject = {
    executionId: id,
    boardId: on.id,
    taskId: task.id,
    stepId,
    phase: 'development' as const,
    provider: 'anthropic' as const,
    signal: NEVER,
    notice: (text: string) => void notices.push(text),
  }
  return { subject, notices, board: on, task, id }
}
type Subject = Awaited<ReturnType<typeof makeSubject>>['subject']

export const call = (costUsd: number | null, more: Partial<EndedCall> = {}): EndedCall => ({
  model: 'claude-sonnet-5-5',
  usage: { ...FREE, output: 1 },
  ...(costUsd === null ? {} : { costUsd }),
  status: 200,
  durationMs: 5,
  ...more,
})

export const begin = (app: TestApp, subject: Subject, model = 'claude-sonnet-5-5') =>
  app.ctx.meter.begin(subject, { model }, NEVER)

export async function spend(app: TestApp, subject: Subject, costUsd: number): Promise<void> {
  const open = await begin(app, subject)
  await open.end(call(costUsd))
}
