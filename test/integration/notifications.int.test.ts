import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { DesktopNotices } from '#electron/platform/desktop-port.ts'
import { tellDueCards } from '#electron/services/due-notices.ts'
import { startNativeNotices } from '#electron/services/native-notices.ts'
import { followUnread } from '#electron/services/notifications.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Notification } from '#shared/notification.ts'
import { DEFAULT_PREFERENCES, type Preferences } from '#shared/preferences.ts'
import { makeBoard } from '../helpers/factories.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
let app: TestApp
let beside: TestApp
beforeAll(async () => {
  sum = await openSumApp()
  app = sum.app
  beside = await openTestApp({ beside: app })
  await app.api.settings.updatePreferences({ display_name: 'Ada' })
  await beside.api.settings.updatePreferences({ display_name: 'Grace' })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await sum[Symbol.asyncDispose]()
})
afterEach(async () => {
  for (const one of [app, beside]) {
    await one.api.settings.updatePreferences({ notify: DEFAULT_PREFERENCES.notify })
    await one.api.notifications.markRead({ all: true })
  }
})

const PATIENT = { timeout: 15_000 }

const unread = (of: TestApp) => of.api.notifications.list({ unread_only: true })
const short = ({ kind, title, task_id }: Notification) => ({ kind, title, task_id })
const without = (kind: Notification['kind'], way: 'inbox' | 'native'): Pick<Preferences, 'notify'> => ({
  notify: { ...DEFAULT_PREFERENCES.notify, [kind]: { ...DEFAULT_PREFERENCES.notify[kind], [way]: false } },
})

test('who asked and who has the card hear that agents finished; merging settles it', async () => {
  sum.model.play(TWO_ROUNDS)
  const { task, board } = await openCard(sum)
  const { id: grace } = beside.ctx.actor()
  await app.api.tasks.update({ id: task.id, assigned_to: `person:${grace}` })
  const { id } = await app.api.executions.start({ task_id: task.id })
  await toTheEnd(app, id)
  const title = `${board.key}-${task.number} “Mend the sum” is ready for review`
  for (const one of [app, beside]) {
    const [notice, ...more] = await unread(one)
    expect(more).toEqual([])
    expect(notice).toMatchObject({
      kind: 'finished',
      title,
      body: 'Correct and tested.',
      board_id: board.id,
      task_id: task.id,
      execution_id: id,
    })
  }
  await app.api.executions.merge({ id })
  expect([await unread(app), await unread(beside)]).toEqual([[], []])
})

test('work that changed nothing is done, and not ready for review: in the inbox and in the feed', async () => {
  sum.model.play({
    rules: [{ match: { system: 'You are the reviewer' }, reply: { json: APPROVED } }],
    default: { text: 'It is right as it is.' },
  })
  const { task, board, project } = await openCard(sum, 'Right already')
  await app.api.projects.update({ id: project.id, check_command: null }) // it would fail, and be mended
  const { id } = await app.api.executions.start({ task_id: task.id, workflow_type: 'quick_development' })
  await toTheEnd(app, id)
  const name = `${board.key}-${task.number} “Right already”`
  expect((await unread(app)).map(({ title }) => title)).toEqual([`${name} is done, no changes`])
  const items = await app.api.activity.list({ board_id: board.id, limit: 10 })
  expect(items.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/finished work on .*: no changes$/),
  )
})

test('agents that fail are told; what a person resumes is settled, what they cancel is no news', async () => {
  sum.model.play({ default: { error: { type: 'authentication_error', status: 401 } } })
  const { task, board } = await openCard(sum, 'Fails')
  const key = `${board.key}-${task.number} “Fails”`
  const { id } = await app.api.executions.start({ task_id: task.id })
  await toTheEnd(app, id)
  expect((await unread(app)).map(short)).toEqual([
    { kind: 'failed', title: `${key} failed`, task_id: task.id },
  ])
  expect(await unread(beside)).toEqual([])
  sum.model.play({ default: { hang: true } })
  await app.api.executions.resume({ id })
  expect(await unread(app)).toEqual([])
  await app.api.executions.cancel({ id })
  expect(await unread(app)).toEqual([])
})

test('a card that used up its rounds needs input', async () => {
  const changes = { status: 'CHANGES_REQUESTED', summary: 'No.', findings: [] }
  const never = { match: { system: 'You are the reviewer' }, reply: { json: changes } }
  sum.model.play({ rules: [never, ...(TWO_ROUNDS.rules ?? [])] })
  const { task, board } = await openCard(sum, 'Asks')
  await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
  const { id } = await app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(app, id)
  expect(end.status).toBe('blocked')
  const [notice] = await unread(app)
  expect(notice).toMatchObject({ kind: 'needs_input', body: end.error_message })
  await app.api.boards.update({ id: board.id, settings: {} })
})

test('cards that are due are told once for each date, to whom they concern', async () => {
  const { board, backlog, done } = await makeBoard(app, 'Dates')
  const ada = app.ctx.actor().id
  const grace = beside.ctx.actor().id
  const add = (title: string, due_date: string, more = {}) =>
    app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title, due_date, ...more })
  await add('Tomorrow', '2026-03-11')
  await add('Grace’s', '2026-03-10', { assigned_to: `person:${grace}` })
  await add('Finished', '2026-03-01', { column_id: done.id })
  await add('Done', '2026-03-01', { status: 'done' })
  const mine = await add('Mine', '2026-03-10', { assigned_to: `person:${ada}` })
  const late = await add('Late', '2026-03-09')
  const at = (of: TestApp, time: string) => tellDueCards({ ...of.ctx, now: () => new Date(time) })
  expect(await at(app, '2026-03-10T08:00:00')).toBe(2)
  expect(await at(app, '2026-03-10T09:00:00')).toBe(0)
  expect((await unread(app)).map(short)).toEqual([
    { kind: 'due', title: `${board.key}-5 “Mine” is due today`, task_id: mine.id },
    { kind: 'due', title: `${board.key}-6 “Late” is overdue`, task_id: late.id },
  ])
  expect(await at(beside, '2026-03-10T08:00:00')).toBe(2)
  await app.api.tasks.update({ id: late.id, due_date: '2026-03-08' })
  expect(await at(app, '2026-03-10T10:00:00')).toBe(1)
  await app.api.settings.updatePreferences({
    notify: { ...DEFAULT_PREFERENCES.notify, due: { inbox: false, native: false } },
  })
  expect(await at(app, '2026-03-12T08:00:00')).toBe(0)
})

test('a kind that is turned off is not in the inbox nor counted, and the windows hear of it', async () => {
  const card = await mention()
  expect(await unread(app)).toHaveLength(1)
  const heard = untilNone(await app.api.notifications.onChange())
  await app.api.settings.updatePreferences(without('mentioned', 'inbox'))
  await heard
  expect(await unread(app)).toEqual([])
  await app.api.settings.updatePreferences(without('due', 'inbox'))
  expect((await unread(app)).map(({ task_id }) => task_id)).toEqual([card])
})

test('what one app marks, the same person’s other app hears', async () => {
  await mention()
  const other = { ...beside.ctx, actor: app.ctx.actor }
  const heard = untilNone(followUnread(other, AbortSignal.timeout(20_000)))
  await app.api.notifications.markRead({ all: true })
  await heard
})

test('the desktop shows what is new, as chosen, and not of the card in view; the badge counts', async () => {
  const shown: string[] = []
  let badge = -1
  let inView: TaskId | null = null
  const desktop: DesktopNotices = {
    show: ({ title, place }) => void shown.push(place?.task_id ?? title),
    badge: (count) => {
      badge = count
    },
    isInView: (id) => id === inView,
  }
  await mention() // before the start: counted, not shown
  {
    await using _ = startNativeNotices(app.ctx, desktop)
    await expect.poll(() => badge, PATIENT).toBe(1)
    const first = await mention()
    await expect.poll(() => badge, PATIENT).toBe(2)
    inView = await card()
    await mention(inView)
    await expect.poll(() => badge, PATIENT).toBe(3)
    await app.api.settings.updatePreferences(without('mentioned', 'native'))
    await mention()
    await expect.poll(() => badge, PATIENT).toBe(4)
    await app.api.settings.updatePreferences({ notify: DEFAULT_PREFERENCES.notify })
    const last = await mention()
    await expect.poll(() => badge, PATIENT).toBe(5)
    expect(shown).toEqual([first, last])
  }
})

test('many at once are one notice on the desktop', async () => {
  const shown: string[] = []
  let badge = -1
  const desktop: DesktopNotices = {
    show: ({ title }) => void shown.push(title),
    badge: (count) => {
      badge = count
    },
    isInView: () => false,
  }
  const { board, backlog } = await makeBoard(app, 'Flood')
  for (const title of ['a', 'b', 'c', 'd'])
    await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title, due_date: '2026-04-01' })
  await using _ = startNativeNotices(app.ctx, desktop)
  await expect.poll(() => badge, PATIENT).toBe(0)
  const told = await tellDueCards({ ...app.ctx, now: () => new Date('2026-04-01T12:00:00') })
  expect(told).toBeGreaterThanOrEqual(4)
  await expect.poll(() => shown, PATIENT).toEqual([`${told} new notifications`])
})

/** Until nothing is unread. */
async function untilNone(counts: AsyncIterable<{ unread: number }>): Promise<void> {
  for await (const { unread } of counts) if (unread === 0) return
  throw new Error('It was never told')
}

/** A card of a board of its own. */
async function card(): Promise<TaskId> {
  const { board, backlog } = await makeBoard(app)
  return (await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Talk' })).id
}

/** Grace mentions Ada; gives the card on which she did. */
async function mention(on?: TaskId): Promise<TaskId> {
  const task_id = on ?? (await card())
  await beside.api.comments.create({ task_id, body: '@Ada, look' })
  return task_id
}
