import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importBoard } from '#electron/services/import-board.ts'
import { BoardQuery } from '#shared/board-query.ts'
import { BoardId } from '#shared/ids.ts'
import { CardTemplate } from '#shared/template.ts'
import { makeBoard, makeTasks, refusalOf, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let folder: string
/** What the person answers in the next dialog. */
let answer: string | null = null
const shown: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-transfer-'))
  app = await openTestApp({
    desktop: {
      pickFile: async () => answer,
      pickSavePath: async ({ fileName }) => (answer === '' ? path.join(folder, fileName) : answer),
      showInFolder: async (file) => {
        shown.push(file)
      },
    },
  })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

let count = 0
async function fileOf(content: unknown): Promise<string> {
  count += 1
  const file = path.join(folder, `in-${count}.json`)
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

async function exported(id: string): Promise<Record<string, unknown>> {
  answer = path.join(folder, `out-${randomUUID()}.json`)
  await app.api.boards.export({ id: BoardId.parse(id), format: 'json' })
  return JSON.parse(await readFile(answer, 'utf8'))
}

async function imported(content: unknown, more: object = {}) {
  const result = await app.api.boards.import({ path: await fileOf(content), ...more })
  if (!result) throw new Error('nothing was imported')
  return result
}

/** What must be the same on both sides of a round trip. */
function lasting({ board, exported_at: _, ...rest }: Record<string, unknown>): unknown {
  return { ...rest, board: { ...(board as object), key: '' } }
}

const ours = (more: object = {}) => ({
  format: 'agent-rangers-board',
  version: 1,
  board: { name: 'Plans' },
  columns: [{ id: 'c1', name: 'Todo' }],
  tasks: [{ number: 3, column: 'c1', title: 'Write' }],
  ...more,
})

describe('export', () => {
  it('writes the board where the person says, a line for each card', async () => {
    const { board, backlog, review } = await makeBoard(app, 'Shop: 1/2')
    const [first, gone] = await makeTasks(app, board.id, backlog.id, ['Pay', 'Gone'])
    const [second] = await makeTasks(app, board.id, review.id, ['Ship'])
    if (!first || !gone || !second) throw new Error('no cards')
    await app.api.tasks.delete({ id: gone.id })
    answer = ''
    const result = await app.api.boards.export({ id: board.id, format: 'json' })
    expect(result).toEqual({ path: path.join(folder, `${board.key} Shop 1 2.json`), cards: 2 })
    const text = await readFile(result?.path ?? '', 'utf8')
    expect(text.split('\n').filter((line) => line.includes('"title"'))).toHaveLength(2)
    expect(JSON.parse(text)).toEqual({
      format: 'agent-rangers-board',
      version: 1,
      app_version: '0.0.0-test',
      exported_at: expect.stringMatching(/^\d{4}-.*Z$/),
      board: { key: board.key, name: board.name, description: null, settings: {}, next_task_number: 4 },
      labels: [],
      views: [],
      templates: [],
      transitions: [],
      links: [],
      columns: [
        expect.objectContaining({ id: 'c1', name: 'Backlog', is_start_column: true }),
        expect.objectContaining({ id: 'c2', triggers_agents: true, agent_workflow_type: 'development' }),
        expect.objectContaining({ id: 'c3', is_review_column: true }),
        expect.objectContaining({ id: 'c4', is_end_column: true }),
      ],
      tasks: [
        {
          number: 1,
          column: 'c1',
          title: 'Pay',
          description: null,
          acceptance_criteria: null,
          labels: [],
          assigned_to: null,
          status: 'open',
          priority: null,
          due_date: null,
          estimate: null,
          comments: [],
          archived_at: null,
          created_at: first.created_at.toISOString(),
          updated_at: first.updated_at.toISOString(),
        },
        expect.objectContaining({ number: 3, column: 'c3', title: 'Ship' }),
      ],
    })
  })

  it('writes a table for spreadsheet programs', async () => {
    const { board, backlog } = await makeBoard(app, 'Table')
    await makeTasks(app, board.id, backlog.id, ['=1+1', 'Plain, with "comma"'])
    answer = path.join(folder, 'table.csv')
    expect(await app.api.boards.export({ id: board.id, format: 'csv' })).toEqual({ path: answer, cards: 2 })
    const lines = (await readFile(answer, 'utf8')).split('\r\n')
    expect(lines[0]).toBe(
      '\ufeffkey,title,column,status,priority,assigned_to,labels,due_date,estimate,description,acceptance_criteria,archived_at,created_at,updated_at',
    )
    expect(lines[1]).toMatch(/^TAB-1,'=1\+1,Backlog,open,,,,/)
    expect(lines[2]).toMatch(/^TAB-2,"Plain, with ""comma""",Backlog,/)
    await app.api.boards.showExport({ path: answer })
    expect(shown).toEqual([answer])
  })

  it('does nothing when the person thinks better of it', async () => {
    const { board } = await makeBoard(app)
    answer = null
    expect(await app.api.boards.export({ id: board.id, format: 'json' })).toBeNull()
    expect(await app.api.boards.import({})).toBeNull()
    expect(await app.api.boards.pickImport()).toBeNull()
  })

  it('that cannot be written says why, and leaves what was there', async () => {
    const { board } = await makeBoard(app)
    answer = path.join(folder, 'nowhere', 'x.json')
    expect(await refusalOf(app.api.boards.export({ id: board.id, format: 'json' }))).toEqual({
      code: 'PRECONDITION_FAILED',
      detail: {
        error: 'FILE_NOT_WRITTEN',
        message: `“${answer}” was not written. Its folder is not there. Choose another one.`,
      },
    })
    answer = folder
    expect(await refusalOf(app.api.boards.export({ id: board.id, format: 'csv' }))).toMatchObject({
      detail: { message: `“${folder}” is no file. Choose another name.` },
    })
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('writes through a link, and keeps the link', async () => {
    const { board } = await makeBoard(app)
    const real = await fileOf('old')
    answer = `${real}.link`
    await symlink(real, answer)
    await app.api.boards.export({ id: board.id, format: 'json' })
    expect(JSON.parse(await readFile(real, 'utf8'))).toMatchObject({ format: 'agent-rangers-board' })
  })
})

describe('import', () => {
  it('makes a new board of it, with a key of its own when its key is taken', async () => {
    const { board, progress, done } = await makeBoard(app, 'Copied')
    await makeTasks(app, board.id, progress.id, ['a', 'b'])
    await makeTasks(app, board.id, done.id, ['c'])
    const bug = await app.api.labels.create({ board_id: board.id, name: 'bug', color: '#FF0000' })
    const query = { label_ids: [bug.id], due: 'week' as const }
    await app.api.views.create({ board_id: board.id, name: 'Bugs', query: BoardQuery.parse(query) })
    const content = CardTemplate.parse({ title: 'It breaks', labels: ['bug'] })
    await app.api.templates.create({ kind: 'card', board_id: board.id, name: 'Bug', content })
    const file = await exported(board.id)
    const copy = await imported(file)
    const opened = await app.api.boards.open({ id: copy.board.id })
    expect(opened.views).toMatchObject([
      { name: 'Bugs', query: { label_ids: opened.labels.map(({ id }) => id), due: 'week' } },
    ])
    expect(copy).toMatchObject({ columns: 4, cards: 3, trashed: 0, notes: [] })
    expect(copy.board).toMatchObject({ name: 'Copied', key: 'COP2' })
    expect(lasting(await exported(copy.board.id))).toEqual(lasting(file))
    const { tasks, columns } = await app.api.boards.get({ id: copy.board.id })
    expect(tasks.map((task) => [task.number, task.order, task.version])).toEqual([
      [1, 1, 1],
      [3, 1, 1],
      [2, 2, 1],
    ])
    const next = await app.api.tasks.create({
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
    const { board } = await imported(ours({ views }))
    const opened = await app.api.boards.open({ id: board.id })
    expect(opened.views).toMatchObject([{ name: 'Late', query: { due: 'overdue', label_ids: [] } }])
  })

  it('keeps the key where it is free, fills in what a file leaves out, ignores what it does not know', async () => {
    const file = ours({
      minor: 7,
      board: { name: 'From afar', key: 'AFAR', settings: { provider: 'oracle', max_iterations: 2 }, moon: 1 },
      tasks: [{ column: 'c1', title: '  Bare ', points: 5 }, ...ours().tasks],
      swimlanes: [],
    })
    const { board } = await imported(file)
    expect(board).toMatchObject({ key: 'AFAR', settings: { max_iterations: 2 }, project_id: null })
    const { tasks } = await app.api.boards.get({ id: board.id })
    expect(tasks.map((task) => [task.number, task.title, task.status])).toEqual([
      [4, 'Bare', 'open'],
      [3, 'Write', 'open'],
    ])
  })

  it('is heard by the list of boards, and nothing is missed by who opens the board then', async () => {
    const stream = await app.api.boards.onListChange()
    const twice = take(stream, 2)
    const { board } = await imported(ours())
    expect(await twice).toEqual(['changed', 'changed'])
    const { last_event_id: last } = await app.api.boards.get({ id: board.id })
    const events = await app.api.boards.onEvent({ boardId: board.id, lastEventId: last })
    const next = take(events, 1)
    const { columns } = await app.api.boards.get({ id: board.id })
    const [column] = columns
    if (!column) throw new Error('no column')
    await app.api.tasks.create({ board_id: board.id, column_id: column.id, title: 'After' })
    expect(await next).toMatchObject([[expect.any(String), { type: 'task_created' }, expect.anything()]])
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
        const first = await imported({
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
        const once = await exported(first.board.id)
        expect(once.tasks).toHaveLength(tasks.length)
        const labels = once.labels as { id: string; name: string }[]
        const called = (id: string) =>
          labels.find((one) => one.name === (id === 'a' ? 'Alpha' : '<b>eta'))?.id
        for (const { place: _, ...task } of tasks) {
          expect(once.tasks).toContainEqual({
            ...JSON.parse(JSON.stringify(task)),
            labels: task.labels.map(called),
            column: expect.any(String),
          })
        }
        expect(once.links).toHaveLength(Math.max(0, tasks.length - 1))
        expect(once.transitions).toEqual([{ from: 'c1', to: `c${columns.length}` }])
        const second = await imported(once)
        expect(lasting(await exported(second.board.id))).toEqual(lasting(once))
      }),
      { numRuns: 25 },
    )
  })

  it('takes a Trello board, its archive into the trash when asked, and says what did not fit', async () => {
    const id = (end: string) => `65b8f000${end.padStart(16, '0')}`
    const trello = {
      name: 'Trip',
      desc: 'Where to',
      lists: [
        { id: 'l2', name: 'Done', closed: false, pos: 2 },
        { id: 'l1', name: 'Todo', closed: false, pos: 1 },
        { id: 'l3', name: 'Old', closed: true, pos: 3 },
      ],
      cards: [
        { id: id('1'), idShort: 4, name: 'Fly', desc: 'soon', idList: 'l1', pos: 1, closed: false },
        { id: id('2'), idShort: 5, name: 'Pack', desc: '', idList: 'l1', pos: 0.5, closed: false },
        { id: id('3'), idShort: 6, name: 'Away', desc: '', idList: 'l2', pos: 1, closed: true },
        { id: id('4'), idShort: 7, name: 'Long ago', desc: '', idList: 'l3', pos: 1, closed: false },
      ],
      checklists: [{ idCard: id('1'), name: 'Papers', checkItems: [{ name: 'Visa', state: 'incomplete' }] }],
    }
    const path = await fileOf(trello)
    expect(await app.api.boards.inspectImport({ path })).toEqual({
      path,
      source: 'trello',
      name: 'Trip',
      columns: 2,
      cards: 2,
      closed_columns: 1,
      closed_cards: 2,
    })
    const result = await app.api.boards.import({ path, closed: 'trash' })
    expect(result).toMatchObject({ columns: 2, cards: 2, trashed: 3 })
    expect(result?.notes.map((note) => [note.text, note.items])).toEqual([
      ['Archived lists are in the trash.', ['Old']],
      ['Archived cards are in the trash, those of archived lists among them.', ['Away', 'Long ago']],
    ])
    const { columns, tasks } = await app.api.boards.get({ id: result?.board.id ?? ({} as never) })
    expect(columns.map((column) => column.name)).toEqual(['Todo', 'Done'])
    expect(tasks.map((task) => [task.number, task.title, task.description])).toEqual([
      [5, 'Pack', null],
      [4, 'Fly', 'soon\n\n**Papers**\n\n- [ ] Visa'],
    ])
  })

  it('of 10,000 cards reports how far it is', async () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => ({
      column: 'c1',
      title: `Card ${index}`,
      description: 'd'.repeat(300),
    }))
    const import_id = randomUUID()
    const ended = new AbortController()
    const seen: { phase: string; done: number; total: number }[] = []
    const watching = (async () => {
      for await (const each of app.ctx.progress.follow(import_id, ended.signal)) seen.push(each)
    })()
    const { cards } = await imported(ours({ tasks }), { import_id })
    ended.abort()
    await watching
    expect(cards).toBe(10_000)
    expect(new Set(seen.map((each) => each.phase))).toEqual(new Set(['reading', 'writing']))
    expect(seen.at(-1)?.phase).toBe('writing')
    const dones = seen.filter((each) => each.phase === 'writing').map((each) => each.done)
    expect(dones).toEqual(dones.toSorted((a, b) => a - b))
    expect(dones.length).toBeGreaterThan(3)
  })

  it('that is cancelled leaves nothing behind', async () => {
    const before = await app.api.boards.list()
    const tasks = Array.from({ length: 3000 }, (_, index) => ({ column: 'c1', title: `Card ${index}` }))
    const path = await fileOf(ours({ tasks }))
    const import_id = randomUUID()
    const stop = new AbortController()
    const watching = (async () => {
      for await (const { phase, done } of app.ctx.progress.follow(import_id, stop.signal))
        if (phase === 'writing' && done > 0) stop.abort()
    })()
    const call = importBoard(app.ctx, { path, import_id, closed: 'leave_out' }, stop.signal)
    await expect(call).rejects.toThrow(/abort/i)
    await watching
    expect(await app.api.boards.list()).toEqual(before)
  })
})

describe('a file that is wrong is refused with the place, and nothing is written', () => {
  const cut = JSON.stringify(ours()).slice(0, 120)
  it.each<[string, unknown, RegExp]>([
    ['cut in the middle', cut, /^The file is cut off: it ends in the middle, at line 1, column 121\./],
    ['no JSON', 'key,title\r\nRNG-1,x', /^This is no JSON file\.$/],
    [
      'JSON of something else',
      { name: 'agent-rangers', version: '1.0.0' },
      /neither a board of Agent Rangers nor/,
    ],
    ['a list', [1, 2], /neither a board of Agent Rangers nor an export of Trello/],
    [
      'of a newer version',
      ours({ version: 2, app_version: '9.0.0' }),
      /newer version \(Agent Rangers 9\.0\.0\).*Update/,
    ],
    ['without a version', ours({ version: undefined }), /does not say which version/],
    ['without cards', ours({ tasks: undefined }), /^The list “tasks” is missing\. Nothing was imported\.$/],
    ['without a name', ours({ board: { name: ' ' } }), /^“board\.name”: A board needs a name\. Nothing/],
    [
      'with a bad column',
      ours({
        columns: [
          { id: 'c1', name: 'Todo' },
          { id: 'c2', name: 'Doing', color: 'red' },
        ],
      }),
      /^Column 2 \(“Doing”\): “color”: A colour looks like #1A2B3C\. Nothing was imported\.$/,
    ],
    [
      'with twins of columns',
      ours({ columns: [ours().columns[0], ours().columns[0]] }),
      /^Two columns have the same/,
    ],
    [
      'with a title that is too long',
      ours({ tasks: [...ours().tasks, { column: 'c1', title: 'x'.repeat(256) }] }),
      /^Card 2 \(“x{39}…”\): “title”: At most 255 characters\. Nothing was imported\.$/,
    ],
    [
      'with a stray card',
      ours({ tasks: [{ column: 'c9', title: 'Lost' }] }),
      /^Card 1 \(“Lost”\): there is no column “c9”/,
    ],
    [
      'with twins of cards',
      ours({ tasks: [...ours().tasks, ...ours().tasks] }),
      /^Card 2 \(“Write”\): an earlier card has the number 3/,
    ],
    [
      'with a stray label',
      ours({ tasks: [{ column: 'c1', title: 'a', labels: ['red'] }] }),
      /^Card 1 \(“a”\): there is no label “red”/,
    ],
    ['with a stray link', ours({ links: [{ from: 3, kind: 'blocks', to: 4 }] }), /^A link names a card 4,/],
    [
      'with cards that wait for each other',
      ours({
        tasks: [1, 2, 3].map((number) => ({ number, column: 'c1', title: 'a' })),
        links: [
          { from: 1, kind: 'blocks', to: 2 },
          { from: 2, kind: 'blocks', to: 3 },
          { from: 3, kind: 'blocks', to: 2 },
        ],
      }),
      /^Cards block each other in a ring\./,
    ],
    [
      'with a bad time',
      ours({ tasks: [{ column: 'c1', title: 'a', created_at: 'soon' }] }),
      /“created_at”: A time looks like/,
    ],
    ['with no card in the place of one', ours({ tasks: [7] }), /^Card 1: Invalid input: expected object/],
  ])('%s', async (_name, content, sentence) => {
    const before = await app.api.boards.list()
    const path = await fileOf(content)
    for (const call of [app.api.boards.import, app.api.boards.inspectImport]) {
      const { code, detail } = await refusalOf(call({ path }))
      expect(code).toBe('BAD_REQUEST')
      expect(detail).toMatchObject({ message: expect.stringMatching(sentence) })
    }
    expect(await app.api.boards.list()).toEqual(before)
  })

  it('60 MB', async () => {
    const { detail } = await refusalOf(
      app.api.boards.import({ path: await fileOf(ours({ filler: 'x'.repeat(60_000_000) })) }),
    )
    expect(detail).toMatchObject({
      message: expect.stringMatching(/^The file has 60 MB; at most 50 MB can be read\./),
    })
  })

  it('for a project that is not there', async () => {
    const path = await fileOf(ours())
    const before = await app.api.boards.list()
    const project_id = randomUUID() as never
    expect((await refusalOf(app.api.boards.import({ path, project_id }))).code).toBe('NOT_FOUND')
    expect(await app.api.boards.list()).toEqual(before)
  })
})
