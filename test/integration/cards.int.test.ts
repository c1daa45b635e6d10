import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function withLabel() {
  const made = await makeBoard(app)
  const label = await app.api.labels.create({ board_id: made.board.id, name: 'bug', color: '#FF0000' })
  return { ...made, label }
}

const FIELDS = {
  title: 'Mend the login',
  description: 'Steps:\n- [x] look\n- [ ] mend',
  acceptance_criteria: '- [ ] it works',
  priority: 'urgent',
  assigned_to: 'agent:scripted',
  status: 'in_progress',
  due_date: '2028-02-29',
  estimate: 0.5,
} as const

describe('a card', () => {
  it('has all its fields from the beginning, or later, and counts its checklists', async () => {
    const { board, backlog, label } = await withLabel()
    const fields = { ...FIELDS, label_ids: [label.id] }
    const counted = { ...fields, checklist_done: 1, checklist_total: 3 }
    const created = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, ...fields })
    expect(created).toMatchObject({ ...counted, version: 1, comment_count: 0, attachment_count: 0 })
    expect(await app.api.tasks.get({ id: created.id })).toEqual(created)
    const [plain] = await makeTasks(app, board.id, backlog.id, ['plain'])
    if (!plain) throw new Error('a card')
    expect(await app.api.tasks.update({ id: plain.id, ...fields })).toMatchObject({ ...counted, version: 2 })
    const cleared = await app.api.tasks.update({
      id: plain.id,
      description: null,
      due_date: null,
      estimate: null,
    })
    expect(cleared).toMatchObject({
      description: null,
      due_date: null,
      estimate: null,
      checklist_done: 0,
      checklist_total: 1,
    })
  })

  it.each([
    ['due_date', '2026-02-30'],
    ['due_date', 'tomorrow'],
    ['estimate', -1],
    ['estimate', Number.NaN],
    ['acceptance_criteria', 'x'.repeat(5001)],
    ['label_ids', ['bug']],
  ])('refuses %s %s with the field', async (field, value) => {
    const { board, backlog } = await makeBoard(app)
    const input = { board_id: board.id, column_id: backlog.id, title: 'x', [field]: value }
    expect((await refusalOf(app.api.tasks.create(input))).code).toBe('BAD_REQUEST')
  })

  it('goes to the top, to the bottom, or exactly where it is to be', async () => {
    const { board, backlog } = await makeBoard(app)
    const create = (title: string, where: object = {}) =>
      app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title, ...where })
    await create('middle')
    const below = await create('below')
    await create('top', { place: 'top' })
    await create('bottom', { place: 'bottom' })
    await create('between', { order: below.order + 0.5 })
    await create('as close', { order: below.order + 1e-12 })
    const { tasks } = await app.api.boards.get({ id: board.id })
    expect(tasks.map(({ title }) => title)).toEqual([
      'top',
      'middle',
      'below',
      'as close',
      'between',
      'bottom',
    ])
    expect(tasks.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is copied right below itself, as open as a new one', async () => {
    const { board, backlog, label } = await withLabel()
    const place = { board_id: board.id, column_id: backlog.id }
    const original = await app.api.tasks.create({ ...place, ...FIELDS, label_ids: [label.id] })
    await app.api.tasks.create({ ...place, title: 'next' })
    const copy = await app.api.tasks.duplicate({ id: original.id })
    expect(copy).toMatchObject({ ...FIELDS, status: 'open', label_ids: [label.id], version: 1, number: 3 })
    const { tasks } = await app.api.boards.get({ id: board.id })
    expect(tasks.map(({ number }) => number)).toEqual([1, 3, 2])
    const [line] = await app.api.activity.list({ board_id: board.id })
    expect(line?.message).toMatch(/^created \S+-3 “Mend the login” in Backlog as a copy of \S+-1$/)
  })

  it('is assigned by name in the feed: to a person, to an agent, to whom an import named', async () => {
    const { board, backlog } = await makeBoard(app)
    const [card] = await makeTasks(app, board.id, backlog.id, ['card'])
    if (!card) throw new Error('a card')
    const { id, name } = app.ctx.actor()
    for (const assigned_to of [`person:${id}`, 'agent:scripted', 'Somebody', null])
      await app.api.tasks.update({ id: card.id, assigned_to })
    const lines = await app.api.activity.list({ board_id: board.id, limit: 4 })
    const sentences = lines.map(({ message }) => message.replace(/\S+-1 “card”/, 'it')).toReversed()
    expect(sentences).toEqual([
      `assigned it to ${name}`,
      'assigned it to Demo agent',
      'assigned it to Somebody',
      'took it from Somebody',
    ])
  })
})
