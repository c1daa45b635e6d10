import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** A board with a card, on which agents have worked, and with everything else that hangs on it. */
async function makeFullBoard() {
  const { board, backlog } = await makeBoard(app)
  const [task] = await makeTasks(app, board.id, backlog.id, ['Full'])
  if (!task) throw new Error('no card')
  await app.ctx.db.execute(sql`
    with run as (
      insert into executions (task_id, board_id, workflow_type, provider, status)
      values (${task.id}, ${board.id}, 'development', 'scripted', 'completed') returning id
    ), step as (
      insert into steps (execution_id, sequence, phase, iteration, status)
      select id, 1, 'review', 1, 'completed' from run returning id, execution_id
    ), line as (
      insert into execution_events (execution_id, step_id, sequence, body) select execution_id, id, 1, '{}' from step
    ), place as (
      insert into workspaces (execution_id, path, branch, base_commit) select id, '/nowhere', 'b', 'c' from run
    ), feed as (
      insert into activity_logs (board_id, task_id, task_execution_id, actor_type, actor_name, event_type, message)
      select ${board.id}, ${task.id}, id, 'agent', 'Demo agent', 'agent_started', 'started' from run
    ), viewer as (
      insert into board_presence (board_id, instance_id, user_id)
      values (${board.id}, ${app.ctx.newId()}, ${app.ctx.actor().id})
    )
    update tasks set current_execution_id = run.id from run where tasks.id = ${task.id}`)
  return { board, backlog, task }
}

/** How many rows of each table hang on a board or card. */
async function countRows(board: BoardId, task: TaskId): Promise<Record<string, number>> {
  const runs = sql`(select id from executions where task_id = ${task})`
  const { rows } = await app.ctx.db.execute(sql`
    select (select count(*)::int from boards where id = ${board}) as boards,
      (select count(*)::int from columns where board_id = ${board}) as columns,
      (select count(*)::int from tasks where board_id = ${board}) as tasks,
      (select count(*)::int from executions where board_id = ${board}) as executions,
      (select count(*)::int from steps where execution_id in ${runs}) as steps,
      (select count(*)::int from execution_events where execution_id in ${runs}) as lines,
      (select count(*)::int from workspaces where execution_id in ${runs}) as workspaces,
      (select count(*)::int from board_presence where board_id = ${board}) as viewers,
      (select count(*)::int from activity_logs where board_id = ${board}) as activity`)
  return rows[0] as Record<string, number>
}

const events = async (board: BoardId) => {
  const { rows } = await app.ctx.db.execute(
    sql`select count(*)::int as n from board_events where board_id = ${board}`,
  )
  return rows[0]?.n
}

it('acceptance 5: cascades of a board: columns, cards, executions and all below, activity, presence', async () => {
  const { board, task } = await makeFullBoard()
  const before = await countRows(board.id, task.id)
  expect(Object.values(before).every((count) => count > 0)).toBe(true)
  const told = await events(board.id)
  await app.ctx.db.execute(sql`delete from boards where id = ${board.id}`)
  const after = await countRows(board.id, task.id)
  expect(Object.values(after)).toEqual(Object.values(before).map(() => 0))
  expect(await events(board.id)).toBe(told) // a window that was away hears what happened
})

it('acceptance 5: cascades of a column: its cards and their executions, not the board', async () => {
  const { board, backlog, task } = await makeFullBoard()
  await app.ctx.db.execute(sql`delete from columns where id = ${backlog.id}`)
  expect(await countRows(board.id, task.id)).toMatchObject({
    boards: 1,
    columns: 3,
    tasks: 0,
    executions: 0,
    workspaces: 0,
  })
})

it('acceptance 5: cascades of a card: its executions; its activity stays on the board, without it', async () => {
  const { board, task } = await makeFullBoard()
  const before = await countRows(board.id, task.id)
  await app.ctx.db.execute(sql`delete from tasks where id = ${task.id}`)
  const after = await countRows(board.id, task.id)
  expect(after).toMatchObject({ tasks: 0, executions: 0, steps: 0, activity: before.activity })
  const lines = await app.api.activity.list({ board_id: board.id })
  expect(lines.map((line) => [line.task_id, line.task_execution_id])).toEqual(lines.map(() => [null, null]))
  expect(lines.find((line) => line.event_type === 'created')?.metadata).toMatchObject({ title: task.title })
})

it('acceptance 5: cascades of an execution: the card stays, without it', async () => {
  const { task } = await makeFullBoard()
  await app.ctx.db.execute(sql`delete from executions where task_id = ${task.id}`)
  expect((await app.api.tasks.get({ id: task.id })).current_execution_id).toBeNull()
})

it('acceptance 5: cascades of a project: its boards stay, without it', async () => {
  const { board } = await makeFullBoard()
  await app.ctx.db.execute(sql`
    with made as (insert into projects (name, path, is_repository) values ('P', '/p', true) returning id)
    update boards set project_id = made.id from made where boards.id = ${board.id}`)
  await app.ctx.db.execute(sql`delete from projects where path = '/p'`)
  expect((await app.api.boards.get({ id: board.id })).project).toBeNull()
})

it('acceptance 5: cascades leave the audit whole: what went, and that it went', async () => {
  const { board, task } = await makeFullBoard()
  await app.ctx.db.execute(sql`delete from boards where id = ${board.id}`)
  const records = await app.api.audit.list({ entity_id: task.id })
  expect(records.map((record) => record.action)).toEqual(expect.arrayContaining(['purge', 'create']))
  const purged = await app.api.audit.list({ board_id: board.id, limit: 100 })
  const gone = purged.filter((record) => record.action === 'purge').map((record) => record.entity_type)
  expect([...new Set(gone)].sort()).toEqual(['board', 'column', 'execution', 'task'])
  expect(purged.find((record) => record.entity_type === 'board')?.changes.before).toMatchObject({
    name: board.name,
  })
})
