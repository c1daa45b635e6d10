import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProjectId } from '#shared/ids.ts'
import type { Template } from '#shared/template.ts'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const named = (templates: Template[], name: string): Template => {
  const found = templates.find((template) => template.name === name)
  if (!found) throw new Error(`No template “${name}”`)
  return found
}

test('the app’s own come first, serve every board, and cannot be changed', async () => {
  const all = await app.api.templates.list({})
  expect(all.slice(0, 4).map(({ name, kind, is_built_in }) => ({ name, kind, is_built_in }))).toEqual(
    ['Development', 'Empty', 'Bug triage', 'Research'].map((name) => ({
      name,
      kind: 'board',
      is_built_in: true,
    })),
  )
  const { id } = named(all, 'Research')
  for (const call of [app.api.templates.update({ id, name: 'Mine' }), app.api.templates.delete({ id })])
    expect(await refusalOf(call)).toMatchObject({ detail: { error: 'BUILT_IN' } })
})

test('each of them makes a board', async () => {
  for (const template of (await app.api.templates.list({})).slice(0, 4)) {
    const made = await app.api.templates.createBoard({ template_id: template.id, name: template.name })
    if (template.kind !== 'board') throw new Error('for boards only')
    const opened = await app.api.boards.open({ id: made.id })
    expect(opened.columns.map(({ name }) => name)).toEqual(template.content.columns.map(({ name }) => name))
    expect(opened.labels.map(({ name }) => name).sort()).toEqual(
      template.content.labels.map(({ name }) => name).sort(),
    )
    const cards = (await app.api.templates.list({ board_id: made.id })).filter(({ kind }) => kind === 'card')
    expect(cards.map(({ name }) => name)).toEqual(template.content.cards.map(({ name }) => name))
  }
})

test('the workflow of people that a column starts comes along', async () => {
  const { board, progress } = await makeBoard(app, 'Steered')
  const { id } = await app.api.workflows.create({
    name: 'Short',
    definition: { clarity: false, nodes: [{ kind: 'agent', id: 'work', name: 'Work', role: 'development' }] },
  })
  await app.api.columns.update({ id: progress.id, agent_workflow_id: id })
  const saved = await app.api.templates.create({ kind: 'board', from_board_id: board.id, name: 'Steered' })
  const made = await app.api.templates.createBoard({ template_id: saved.id, name: 'Steered too' })
  const { columns } = await app.api.boards.get({ id: made.id })
  expect(columns[1]).toMatchObject({ agent_workflow_type: 'custom', agent_workflow_id: id })
})

test('a board becomes a template, and the board made of it has all but the cards', async () => {
  const { board, backlog, progress, done } = await makeBoard(app, 'Model')
  await app.api.columns.update({ id: progress.id, wip_limit: 3, color: '#30a46c' })
  await app.api.columns.setTransitions({
    board_id: board.id,
    transitions: [
      { from_column_id: backlog.id, to_column_id: progress.id },
      { from_column_id: progress.id, to_column_id: done.id },
    ],
  })
  await app.api.labels.create({ board_id: board.id, name: 'Security', color: '#e5484d' })
  await app.api.boards.update({ id: board.id, settings: { max_iterations: 5 } })
  await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Stays behind' })
  await app.api.templates.create({
    kind: 'card',
    board_id: board.id,
    name: 'Bug',
    content: {
      title: 'Bug: ',
      description: 'Steps',
      acceptance_criteria: null,
      priority: 'high',
      labels: ['Security'],
      estimate: 2,
    },
  })
  const template = await app.api.templates.create({ kind: 'board', from_board_id: board.id, name: 'Ours' })
  expect(template).toMatchObject({ kind: 'board', board_id: null, is_built_in: false, name: 'Ours' })

  const made = await app.api.templates.createBoard({ template_id: template.id, name: 'Copy' })
  const [from, to] = [await app.api.boards.open({ id: board.id }), await app.api.boards.open({ id: made.id })]
  const shape = ({ columns, labels, transitions, settings }: typeof from) => {
    const names = new Map(columns.map(({ id, name }) => [id, name]))
    return {
      settings,
      columns: columns.map(({ id: _i, board_id: _b, created_at: _c, updated_at: _u, ...rest }) => rest),
      labels: labels.map(({ name, color }) => ({ name, color })),
      rules: transitions.map((rule) => [names.get(rule.from_column_id), names.get(rule.to_column_id)]),
    }
  }
  expect(shape(to)).toEqual(shape(from))
  expect(to.tasks).toEqual([])
  expect(named(await app.api.templates.list({ board_id: made.id }), 'Bug')).toMatchObject({
    kind: 'card',
    board_id: made.id,
    content: { title: 'Bug:', priority: 'high', labels: ['Security'], estimate: 2 },
  })
})

test('a template for cards is renamed, rewritten and deleted; one of another board is not offered', async () => {
  const { board } = await makeBoard(app, 'First')
  const { board: other } = await makeBoard(app, 'Second')
  const content = {
    title: 'Chore',
    description: null,
    acceptance_criteria: null,
    priority: null,
    labels: [],
    estimate: null,
  }
  const { id } = await app.api.templates.create({ kind: 'card', board_id: board.id, name: 'Chore', content })
  const offered = async (board_id: typeof board.id) =>
    (await app.api.templates.list({ board_id })).some((template) => template.id === id)
  expect([await offered(board.id), await offered(other.id)]).toEqual([true, false])
  const changed = { ...content, title: 'Tidy up' }
  const updated = await app.api.templates.update({ id, name: 'Tidy', content: changed })
  expect(updated).toMatchObject({ name: 'Tidy', content: changed })
  expect(await refusalOf(app.api.templates.createBoard({ template_id: id, name: 'No' }))).toMatchObject({
    code: 'BAD_REQUEST',
    detail: { error: 'NO_BOARD_TEMPLATE' },
  })
  expect(await app.api.templates.delete({ id })).toEqual({ id })
  expect(await refusalOf(app.api.templates.delete({ id }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a board that cannot be made whole is not made', async () => {
  const [template] = await app.api.templates.list({})
  const before = await app.api.boards.list()
  if (!template) throw new Error('no template')
  const call = app.api.templates.createBoard({
    template_id: template.id,
    name: 'Nowhere',
    project_id: ProjectId.parse('019a0000-0000-7000-8000-00000000dead'),
  })
  expect(await refusalOf(call)).toMatchObject({ code: 'NOT_FOUND' })
  expect(await app.api.boards.list()).toEqual(before)
})

test('one that was deleted comes back as it was, a board’s too', async () => {
  const { board } = await makeBoard(app, 'Kept')
  await app.api.labels.create({ board_id: board.id, name: 'Security', color: '#E5484D' })
  const saved = await app.api.templates.create({ kind: 'board', from_board_id: board.id, name: 'Kept' })
  await app.api.templates.delete({ id: saved.id })
  if (saved.kind !== 'board') throw new Error('for boards only')
  const { id, kind, name, content } = saved
  const restored = await app.api.templates.restore({ id, kind, board_id: null, name, content })
  expect(restored).toEqual(saved)
  const again = app.api.templates.restore({ id, kind, board_id: null, name, content })
  expect(await refusalOf(again)).toMatchObject({ detail: { error: 'NOT_DELETED' } })
})
