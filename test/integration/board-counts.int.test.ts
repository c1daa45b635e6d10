import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBoard } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

it('the list of boards counts cards, agents at work, in the queue, that wait and that failed; what is put away or settled does not count', async () => {
  const { board, backlog } = await makeBoard(app)
  const add = async (title: string, status: string, resolution = 'none') => {
    const task = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title })
    const execution = app.ctx.newId()
    await app.ctx.db.execute(sql`
      insert into executions (id, task_id, board_id, workflow_type, provider, status, resolution)
      values (${execution}, ${task.id}, ${board.id}, 'development', 'scripted', ${status}, ${resolution})`)
    await app.ctx.db.execute(sql`update tasks set current_execution_id = ${execution} where id = ${task.id}`)
    return task
  }
  await add('At work', 'running')
  await add('In the queue', 'pending')
  await add('Asks', 'awaiting_clarification')
  await add('Interrupted', 'interrupted')
  await add('Broke', 'failed')
  await add('Broke and thrown away', 'failed', 'discarded')
  await add('Settled', 'completed', 'merged')
  const trashed = await add('Thrown away', 'interrupted')
  await app.api.tasks.delete({ id: trashed.id })
  const [listed] = await app.api.boards.list()
  expect(listed).toMatchObject({
    id: board.id,
    task_count: 7,
    running_count: 1,
    queued_count: 1,
    needs_you_count: 2,
    failed_count: 1,
  })
})
