import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardSettings } from '#shared/board.ts'
import { BoardQuery } from '#shared/board-query.ts'
import { CardTemplate } from '#shared/template.ts'
import { aBoardFile, type BoardFiles, openBoardFiles } from '../helpers/board-files.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'

let files: BoardFiles
beforeAll(async () => {
  files = await openBoardFiles()
})
afterAll(() => files[Symbol.asyncDispose]())

/** What must be the same on both sides of a round trip. */
function lasting({ board, exported_at: _, ...rest }: Record<string, unknown>): unknown {
  return { ...rest, board: { ...(board as object), key: '' } }
}

it('makes a new board of it, with a key of its own when its key is taken', async () => {
  const { board, progress, done } = await makeBoard(files.app, 'Copied')
  await makeTasks(files.app, board.id, progress.id, ['a', 'b'])
  await makeTasks(files.app, board.id, done.id, ['c'])
  const bug = await files.app.api.labels.create({ board_id: board.id, name: 'bug', color: '#FF0000' })
  const query = { label_ids: [bug.id], due: 'week' as const }
  await files.app.api.views.create({ board_id: board.id, name: 'Bugs', query: BoardQuery.parse(query) })
  const content = CardTemplate.parse({ title: 'It breaks', labels: ['bug'] })
  await files.app.api.templates.create({ kind: 'card', board_id: board.id, name: 'Bug', content })
  const file = await files.exported(board.id)
  const copy = await files.imported(file)
  const opened = await files.app.api.boards.open({ id: copy.board.id })
  expect(opened.views).toMatchObject([
    { name: 'Bugs', query: { label_ids: opened.labels.map(({ id }) => id), due: 'week' } },
  ])
  expect(copy).toMatchObject({ columns: 4, cards: 3, trashed: 0, notes: [] })
  expect(copy.board).toMatchObject({ name: 'Copied', key: 'COP2' })
  expect(lasting(await files.exported(copy.board.id))).toEqual(lasting(file))
  const { tasks, columns } = await files.app.api.boards.get({ id: copy.board.id })
  expect(tasks.map((task) => [task.number, task.order, task.version])).toEqual([
    [1, 1, 1],
    [3, 1, 1],
    [2, 2, 1],
  ])
  const next = await files.app.api.tasks.create({
    board_id: copy.board.id,
    column_id: columns[0]?.id ?? ({} as never),
    title: 'd',
  })
  expect(next.number).toBe(4)
})

it('leaves out a view that asks for what this version does not know, and the second of two with one name', async () => {
  const views = [
    { name: 'Odd', query: { weather: 'sunny' } },
    { name: 'Late', query: { due: 'overdue', label_ids: ['l9'] } },
    { name: 'LATE', query: {} },
  ]
  const { board, notes } = await files.imported(aBoardFile({ views }))
  const opened = await files.app.api.boards.open({ id: board.id })
  expect(opened.views).toMatchObject([{ name: 'Late', query: { due: 'overdue', label_ids: [] } }])
  expect(notes.map(({ items }) => items)).toEqual([['Odd'], ['LATE']])
})
it('gives the same board again, whatever its texts are', async () => {
  const text = (limit: number) =>
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: limit })
      .map((each) =>
        `x${each.replaceAll('\u0000', '\ufffd').toWellFormed()}`.slice(0, limit).toWellFormed().trim(),
      )
  const time = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  const board = fc.record({
    columns: fc.array(
      fc.record({
        name: text(255),
        color: fc.option(fc.constantFrom('#1A2B3C', '#ffffff')),
        wip_limit: fc.option(fc.nat(99)),
        triggers_agents: fc.boolean(),
        is_start_column: fc.boolean(),
        is_review_column: fc.boolean(),
        is_end_column: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    tasks: fc.uniqueArray(
      fc.record({
        number: fc.integer({ min: 1, max: 1_000_000_000 - 1 }),
        place: fc.nat(),
        title: text(255),
        description: fc.option(fc.oneof(text(5000), fc.constantFrom('', '"\\', '=cmd|x', '</script>'))),
        assigned_to: fc.option(text(100)),
        status: text(50),
        priority: fc.option(fc.constantFrom('low', 'medium', 'high', 'urgent')),
        acceptance_criteria: fc.option(text(5000)),
        labels: fc.uniqueArray(fc.constantFrom('a', 'b')),
        due_date: fc.option(fc.constantFrom('2026-02-28', '1900-01-01', '9999-12-31')),
        estimate: fc.option(fc.constantFrom(0, 0.5, 1000)),
        comments: fc.array(
          fc.record({
            author_type: fc.constantFrom('person', 'agent', 'system'),
            author_id: text(100),
            author_name: text(255),
            body: text(300),
            created_at: fc.constant(new Date('2026-01-01')),
            edited_at: fc.option(time),
          }),
          { maxLength: 3 },
        ),
        archived_at: fc.option(time),
        created_at: time,
        updated_at: time,
      }),
      { maxLength: 8, selector: (task) => task.number },
    ),
    name: text(255),
    description: fc.option(text(1000)),
  })
  await fc.assert(
    fc.asyncProperty(board, async ({ name, description, columns, tasks }) => {
      const first = await files.imported({
        format: 'agent-rangers-board',
        version: 1,
        board: { name, description },
        labels: [
          { id: 'a', name: 'Alpha', color: '#1A2B3C' },
          { id: 'b', name: '<b>eta', color: '#ffffff' },
        ],
        transitions: [{ from: '0', to: String(columns.length - 1) }],
        links: tasks
          .slice(1)
          .map((task, index) => ({ from: tasks[index]?.number, kind: 'blocks', to: task.number })),
        columns: columns.map((column, index) => ({ ...column, id: String(index) })),
        tasks: tasks.map(({ place, ...task }) => ({ ...task, column: String(place % columns.length) })),
      })
      const once = await files.exported(first.board.id)
      expect(once.tasks).toHaveLength(tasks.length)
      const labels = once.labels as { id: string; name: string }[]
      const called = (id: string) => labels.find((one) => one.name === (id === 'a' ? 'Alpha' : '<b>eta'))?.id
      for (const { place: _, ...task } of tasks) {
        expect(once.tasks).toContainEqual({
          ...JSON.parse(JSON.stringify(task)),
          labels: task.labels.map(called),
          column: expect.any(String),
        })
      }
      expect(once.links).toHaveLength(Math.max(0, tasks.length - 1))
      expect(once.transitions).toEqual([{ from: 'c1', to: `c${columns.length}` }])
      const second = await files.imported(once)
      expect(lasting(await files.exported(second.board.id))).toEqual(lasting(once))
    }),
    { numRuns: 25 },
  )
})

it('brings along every setting of a board, and the workflows of people that its columns start', async () => {
  const { api } = files.app
  const { board, progress } = await makeBoard(files.app, 'Steered')
  const workflow = await api.workflows.create({
    name: 'Short',
    definition: { clarity: false, nodes: [{ kind: 'agent', id: 'work', name: 'Work', role: 'development' }] },
  })
  await api.columns.update({ id: progress.id, agent_workflow_id: workflow.id })
  const settings: Required<BoardSettings> = {
    provider: 'scripted',
    max_iterations: 2,
    model: 'one',
    models: { review: 'another' },
    clarity: false,
    clarity_threshold: 50,
    permission_mode: 'edits',
    sandbox_required: true,
    approve_plan: true,
    most_executions: 3,
  }
  await api.boards.update({ id: board.id, settings })
  const copy = await files.imported(await files.exported(board.id))
  expect(copy).toMatchObject({ notes: [], board: { settings } })
  const { columns } = await api.boards.get({ id: copy.board.id })
  expect(columns[1]).toMatchObject({
    triggers_agents: true,
    agent_workflow_type: 'custom',
    agent_workflow_id: workflow.id,
  })
})

it('says what this app does not have, and lets agents do no more than this app does', async () => {
  const column = { triggers_agents: true, agent_workflow_type: 'custom', agent_workflow_id: randomUUID() }
  const settings = { permission_mode: 'full', sandbox_required: true, weather: 'sunny' }
  const file = aBoardFile({
    board: { name: 'From afar', settings },
    columns: [{ id: 'c1', name: 'Check', ...column }],
  })
  const { board, notes } = await files.imported(file)
  expect(notes.map(({ text, items }) => [text.split('. ')[0], items])).toEqual([
    ['In the file agents may do more without being asked than in this app', []],
    ['The workflow that these columns start is not in this database', ['Check']],
  ])
  expect(board.settings).toEqual({ sandbox_required: true })
  const { columns } = await files.app.api.boards.get({ id: board.id })
  expect(columns).toMatchObject([
    { triggers_agents: true, agent_workflow_type: 'development', agent_workflow_id: null },
  ])
})

it('of people whom the database does not know keeps the names, in views as on cards', async () => {
  const ann = `person:${randomUUID()}`
  const card = { column: 'c1', title: 'Hers', assigned_to: ann, assigned_name: 'Ann' }
  const views = [{ name: 'Hers', query: { assignees: [ann, 'none'] } }]
  const { board } = await files.imported(aBoardFile({ tasks: [card], views }))
  const opened = await files.app.api.boards.open({ id: board.id })
  expect(opened.tasks).toMatchObject([{ assigned_to: 'Ann' }])
  expect(opened.views).toMatchObject([{ query: { assignees: ['Ann', 'none'] } }])
})

it('what it has taken it can write and take again: the highest number too', async () => {
  const { board } = await files.imported(
    aBoardFile({ tasks: [{ number: 1_000_000_000, column: 'c1', title: 'Last' }] }),
  )
  const again = await files.imported(await files.exported(board.id))
  expect(again.cards).toBe(1)
})
