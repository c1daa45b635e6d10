import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followActivity } from '#electron/services/activity.ts'
import type { Activity } from '#shared/activity.ts'
import type { BoardId } from '#shared/ids.ts'
import { makeBoard, makeTasks, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await openTestApp()
  beside = await openTestApp({ beside: app })
  await app.api.settings.updatePreferences({ display_name: 'Zoë' })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

const never = () => new AbortController().signal

/** Oldest first, as people would say it. */
async function feedOf(boardId: BoardId): Promise<string[]> {
  const lines = await app.api.activity.list({ board_id: boardId, limit: 100 })
  return lines.reverse().map(sentence)
}

const sentence = ({ actor, message }: Activity) => `${actor.name} ${message}`

describe('the feed tells', () => {
  it('what became of a card, by whom, with keys and names', async () => {
    const { board, backlog, review } = await makeBoard(app, 'Range')
    const key = board.key
    const task = await app.api.tasks.create({
      board_id: board.id,
      column_id: backlog.id,
      title: 'Fix login',
    })
    await app.api.tasks.update({ id: task.id, title: 'Fix the login', description: 'Long', priority: 'high' })
    await app.api.tasks.update({ id: task.id, assigned_to: 'Ada', status: 'in_progress' })
    await app.api.tasks.update({ id: task.id, assigned_to: null, priority: null })
    const { version } = await app.api.tasks.get({ id: task.id })
    const moved = await app.api.tasks.move({ id: task.id, column_id: review.id, order: 1, version })
    await app.api.tasks.move({ id: task.id, column_id: review.id, order: 2, version: moved.version })
    await app.api.tasks.delete({ id: task.id })
    await app.api.tasks.restore({ id: task.id })
    const card = `${key}-1 “Fix the login”`
    expect(await feedOf(board.id)).toEqual([
      'Zoë created the board “Range”',
      `Zoë created ${key}-1 “Fix login” in Backlog`,
      `Zoë renamed “Fix login” to ${card}`,
      `Zoë edited the description of ${card}`,
      `Zoë set the priority of ${card} to high`,
      `Zoë assigned ${card} to Ada`,
      `Zoë set the status of ${card} to in progress`,
      `Zoë took ${card} from Ada`,
      `Zoë removed the priority of ${card}`,
      `Zoë moved ${card} from Backlog to Review`,
      `Zoë moved ${card} within Review`,
      `Zoë moved ${card} to the trash`,
      `Zoë restored ${card}`,
    ])
  })

  it('what became of the board and its columns', async () => {
    const { board, backlog } = await makeBoard(app, 'Board')
    await app.api.boards.update({ id: board.id, name: 'Plank', settings: { max_iterations: 2 } })
    const column = await app.api.columns.create({ board_id: board.id, name: 'Later' })
    await app.api.columns.update({ id: column.id, name: 'Never' })
    await app.api.columns.update({ id: column.id, wip_limit: 3 })
    await app.api.columns.move({ id: column.id, order: backlog.order - 1 })
    await app.api.columns.delete({ id: column.id })
    await app.api.columns.restore({ id: column.id })
    await app.api.boards.delete({ id: board.id })
    await app.api.boards.restore({ id: board.id })
    expect((await feedOf(board.id)).slice(1)).toEqual([
      'Zoë renamed the board “Board” to “Plank”',
      'Zoë changed how agents work on the board “Plank”',
      'Zoë added the column “Later”',
      'Zoë renamed the column “Later” to “Never”',
      'Zoë changed the settings of the column “Never”',
      'Zoë moved the column “Never”',
      'Zoë moved the column “Never” to the trash',
      'Zoë restored the column “Never”',
      'Zoë moved the board “Plank” to the trash',
      'Zoë restored the board “Plank”',
    ])
  })

  it('nothing of a change that changes nothing, nor of one that is refused', async () => {
    const { board, backlog } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Still'])
    if (!task) throw new Error('no card')
    const before = await feedOf(board.id)
    await app.api.tasks.update({ id: task.id, title: 'Still' })
    await app.api.tasks
      .move({ id: task.id, column_id: backlog.id, order: 1, version: 99 })
      .catch(() => 'refused')
    expect(await feedOf(board.id)).toEqual(before)
  })

  it('for machines as well: type, key, title, from and to', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['100 % of “it”'])
    if (!task) throw new Error('no card')
    await app.api.tasks.move({ id: task.id, column_id: review.id, order: 1, version: 1 })
    const [line] = await app.api.activity.list({ board_id: board.id, limit: 1 })
    expect(line).toEqual({
      id: expect.stringMatching(/^\d+$/),
      board_id: board.id,
      task_id: task.id,
      task_execution_id: null,
      actor: app.ctx.actor(),
      event_type: 'moved',
      message: `moved ${board.key}-1 “100 % of “it”” from Backlog to Review`,
      metadata: expect.objectContaining({
        key: `${board.key}-1`,
        title: task.title,
        from: 'Backlog',
        to: 'Review',
      }),
      created_at: expect.any(Date),
    })
  })
})

it('comes in pages, of the whole board or of one card', async () => {
  const { board, backlog } = await makeBoard(app)
  const [first] = await makeTasks(app, board.id, backlog.id, ['a', 'b', 'c', 'd'])
  const all = await app.api.activity.list({ board_id: board.id })
  expect(all).toHaveLength(5)
  const page = await app.api.activity.list({ board_id: board.id, limit: 2 })
  const before = page.at(-1)?.id
  const rest = await app.api.activity.list({ board_id: board.id, limit: 100, before })
  expect([...page, ...rest]).toEqual(all)
  const own = await app.api.activity.list({ board_id: board.id, task_id: first?.id })
  expect(own.map((line) => line.event_type)).toEqual(['created'])
})

it('is live in the other app, and goes on where a reader stopped', async () => {
  const { board, backlog } = await makeBoard(app)
  const [newest] = await app.api.activity.list({ board_id: board.id })
  const of = { boardId: board.id, lastEventId: newest?.id }
  const hearing = take(followActivity(beside.ctx, of, never()), 2)
  await makeTasks(app, board.id, backlog.id, ['one', 'two', 'three'])
  const heard = await hearing
  expect(heard.map((line) => line.metadata.title)).toEqual(['one', 'two'])
  const later = followActivity(beside.ctx, { boardId: board.id, lastEventId: heard[1]?.id }, never())
  const [third] = await take(later, 1)
  expect(third?.metadata.title).toBe('three')
})

it('of one card hears of no other', async () => {
  const { board, backlog } = await makeBoard(app)
  const [one, other] = await makeTasks(app, board.id, backlog.id, ['one', 'other'])
  if (!one || !other) throw new Error('no cards')
  const hearing = take(
    followActivity(app.ctx, { boardId: board.id, taskId: one.id, lastEventId: '0' }, never()),
    2,
  )
  await app.api.tasks.update({ id: other.id, priority: 'low' })
  await app.api.tasks.update({ id: one.id, priority: 'high' })
  expect((await hearing).map((line) => line.event_type)).toEqual(['created', 'priority_changed'])
})

it('keeps what it told when a name changes later; other apps see who somebody is now', async () => {
  const { board } = await makeBoard(beside, 'Theirs')
  await beside.api.settings.updatePreferences({ display_name: 'Yusuf' })
  await beside.api.boards.update({ id: board.id, name: 'Ours' })
  const [renamed, created] = await app.api.activity.list({ board_id: board.id })
  expect(renamed?.actor).toMatchObject({ type: 'person', name: 'Yusuf' })
  expect(created?.actor.id).toBe(renamed?.actor.id)
  expect(created?.actor.name).not.toBe('Yusuf')
})

it('a name with what no database can hold stops no change', async () => {
  await beside.api.settings.updatePreferences({ display_name: 'Zo\u0000\ud83d' })
  const { board } = await makeBoard(beside, 'Signed')
  expect(await feedOf(board.id)).toEqual(['Zo\ufffd\ufffd created the board “Signed”'])
})
