import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importBoard } from '#electron/services/import-board.ts'
import { aBoardFile, type BoardFiles, openBoardFiles } from '../helpers/board-files.ts'
import { refusalOf, take } from '../helpers/factories.ts'

let files: BoardFiles
beforeAll(async () => {
  files = await openBoardFiles()
})
afterAll(() => files[Symbol.asyncDispose]())

it('keeps the key where it is free, fills in what a file leaves out, ignores what it does not know', async () => {
  const file = aBoardFile({
    minor: 7,
    board: { name: 'From afar', key: 'AFAR', settings: { provider: 'oracle', max_iterations: 2 }, moon: 1 },
    tasks: [{ column: 'c1', title: '  Bare ', points: 5 }, ...aBoardFile().tasks],
    swimlanes: [],
  })
  const { board } = await files.imported(file)
  expect(board).toMatchObject({ key: 'AFAR', settings: { max_iterations: 2 }, project_id: null })
  const { tasks } = await files.app.api.boards.get({ id: board.id })
  expect(tasks.map((task) => [task.number, task.title, task.status])).toEqual([
    [4, 'Bare', 'open'],
    [3, 'Write', 'open'],
  ])
})

it('is heard by the list of boards, and nothing is missed by who opens the board then', async () => {
  const stream = await files.app.api.boards.onListChange()
  const twice = take(stream, 2)
  const { board } = await files.imported(aBoardFile())
  expect(await twice).toEqual(['changed', 'changed'])
  const { last_event_id: last } = await files.app.api.boards.get({ id: board.id })
  const events = await files.app.api.boards.onEvent({ boardId: board.id, lastEventId: last })
  const next = take(events, 1)
  const { columns } = await files.app.api.boards.get({ id: board.id })
  const [column] = columns
  if (!column) throw new Error('no column')
  await files.app.api.tasks.create({ board_id: board.id, column_id: column.id, title: 'After' })
  expect(await next).toMatchObject([[expect.any(String), { type: 'task_created' }, expect.anything()]])
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
  const path = await files.write(trello)
  expect(await files.app.api.boards.inspectImport({ path })).toEqual({
    path,
    source: 'trello',
    name: 'Trip',
    columns: 2,
    cards: 2,
    closed_columns: 1,
    closed_cards: 2,
  })
  const result = await files.app.api.boards.import({ path, closed: 'trash' })
  expect(result).toMatchObject({ columns: 2, cards: 2, trashed: 3 })
  expect(result?.notes.map((note) => [note.text, note.items])).toEqual([
    ['Archived lists are in the trash.', ['Old']],
    ['Archived cards are in the trash, those of archived lists among them.', ['Away', 'Long ago']],
  ])
  const { columns, tasks } = await files.app.api.boards.get({ id: result?.board.id ?? ({} as never) })
  expect(columns.map((column) => column.name)).toEqual(['Todo', 'Done'])
  expect(tasks.map((task) => [task.number, task.title, task.description])).toEqual([
    [5, 'Pack', null],
    [4, 'Fly', 'soon\n\n**Papers**\n\n- [ ] Visa'],
  ])
})

it('makes one label of two names that the database takes for one', async () => {
  const label = (id: string, name: string) => ({ id, name, color: 'red' })
  const labels = [label('1', 'İş'), label('2', 'iş'), label('3', 'ΟΔΟΣ'), label('4', 'οδοσ')]
  const { board } = await files.imported({ name: 'İşler', lists: [], cards: [], labels })
  const names = (await files.app.api.labels.list({ board_id: board.id })).map(({ name }) => name)
  expect(names.sort()).toEqual(['İş', 'ΟΔΟΣ'].sort())
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
    for await (const each of files.app.ctx.progress.follow(import_id, ended.signal)) seen.push(each)
  })()
  const { cards } = await files.imported(aBoardFile({ tasks }), { import_id })
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
  const before = await files.app.api.boards.list()
  const tasks = Array.from({ length: 3000 }, (_, index) => ({ column: 'c1', title: `Card ${index}` }))
  const path = await files.write(aBoardFile({ tasks }))
  const import_id = randomUUID()
  const stop = new AbortController()
  const watching = (async () => {
    for await (const { phase, done } of files.app.ctx.progress.follow(import_id, stop.signal))
      if (phase === 'writing' && done > 0) stop.abort()
  })()
  const call = importBoard(files.app.ctx, { path, import_id, closed: 'leave_out' }, stop.signal)
  await expect(call).rejects.toThrow(/abort/i)
  await watching
  expect(await files.app.api.boards.list()).toEqual(before)
})

describe('a file that is wrong is refused with the place, and nothing is written', () => {
  const cut = JSON.stringify(aBoardFile()).slice(0, 120)
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
      aBoardFile({ version: 2, app_version: '9.0.0' }),
      /newer version \(Agent Rangers 9\.0\.0\).*Update/,
    ],
    ['without a version', aBoardFile({ version: undefined }), /does not say which version/],
    [
      'without cards',
      aBoardFile({ tasks: undefined }),
      /^The list “tasks” is missing\. Nothing was imported\.$/,
    ],
    [
      'without a name',
      aBoardFile({ board: { name: ' ' } }),
      /^“board\.name”: A board needs a name\. Nothing/,
    ],
    [
      'with a bad column',
      aBoardFile({
        columns: [
          { id: 'c1', name: 'Todo' },
          { id: 'c2', name: 'Doing', color: 'red' },
        ],
      }),
      /^Column 2 \(“Doing”\): “color”: A colour looks like #1A2B3C\. Nothing was imported\.$/,
    ],
    [
      'with twins of columns',
      aBoardFile({ columns: [aBoardFile().columns[0], aBoardFile().columns[0]] }),
      /^Two columns have the same/,
    ],
    [
      'with a title that is too long',
      aBoardFile({ tasks: [...aBoardFile().tasks, { column: 'c1', title: 'x'.repeat(256) }] }),
      /^Card 2 \(“x{39}…”\): “title”: At most 255 characters\. Nothing was imported\.$/,
    ],
    [
      'with a stray card',
      aBoardFile({ tasks: [{ column: 'c9', title: 'Lost' }] }),
      /^Card 1 \(“Lost”\): there is no column “c9”/,
    ],
    [
      'with twins of cards',
      aBoardFile({ tasks: [...aBoardFile().tasks, ...aBoardFile().tasks] }),
      /^Card 2 \(“Write”\): an earlier card has the number 3/,
    ],
    [
      'with a stray label',
      aBoardFile({ tasks: [{ column: 'c1', title: 'a', labels: ['red'] }] }),
      /^Card 1 \(“a”\): there is no label “red”/,
    ],
    [
      'with a stray link',
      aBoardFile({ links: [{ from: 3, kind: 'blocks', to: 4 }] }),
      /^A link names a card 4,/,
    ],
    [
      'with cards that wait for each other',
      aBoardFile({
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
      aBoardFile({ tasks: [{ column: 'c1', title: 'a', created_at: 'soon' }] }),
      /“created_at”: A time looks like/,
    ],
    [
      'with no card in the place of one',
      aBoardFile({ tasks: [7] }),
      /^Card 1: Invalid input: expected object/,
    ],
  ])('%s', async (_name, content, sentence) => {
    const before = await files.app.api.boards.list()
    const path = await files.write(content)
    for (const call of [files.app.api.boards.import, files.app.api.boards.inspectImport]) {
      const { code, detail } = await refusalOf(call({ path }))
      expect(code).toBe('BAD_REQUEST')
      expect(detail).toMatchObject({ message: expect.stringMatching(sentence) })
    }
    expect(await files.app.api.boards.list()).toEqual(before)
  })

  it('60 MB', async () => {
    const { detail } = await refusalOf(
      files.app.api.boards.import({
        path: await files.write(aBoardFile({ filler: 'x'.repeat(60_000_000) })),
      }),
    )
    expect(detail).toMatchObject({
      message: expect.stringMatching(/^The file has 60 MB; at most 50 MB can be read\./),
    })
  })

  it('for a project that is not there', async () => {
    const path = await files.write(aBoardFile())
    const before = await files.app.api.boards.list()
    const project_id = randomUUID() as never
    expect((await refusalOf(files.app.api.boards.import({ path, project_id }))).code).toBe('NOT_FOUND')
    expect(await files.app.api.boards.list()).toEqual(before)
  })
})
