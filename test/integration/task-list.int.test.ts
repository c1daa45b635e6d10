import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BoardId } from '#shared/ids.ts'
import { MOST_LISTED } from '#shared/task-list.ts'
import { refusalOf } from '../helpers/factories.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
let file: string
let board_id: BoardId

beforeEach(async () => {
  folder = await temporaryFolder()
  file = path.join(folder.path, 'tasks_I1.json')
  app = await openTestApp()
  board_id = (await app.api.boards.create({ name: 'Plan', template: 'development' })).id
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await folder.remove()
})

/** As the seed writes it. */
const SEED = {
  task_id: 'I1.T10',
  iteration_id: 'I1',
  iteration_goal: 'Foundation',
  description: 'Implement `app/database.py` module. Use the async engine.',
  agent_type_hint: 'BackendAgent',
  inputs: 'Best practices.',
  target_files: ['app/database.py', 'app/config.py'],
  input_files: ['app/main.py'],
  deliverables: 'A module.',
  acceptance_criteria: '`get_db()` is exported; the pool is configured',
  dependencies: ['I1.T6'],
  parallelizable: false,
  done: false,
}
const DONE = { task_id: 'I1.T6', description: 'Models', done: true, acceptance_criteria: ['They exist'] }

const write = (value: unknown, indent = 1) => writeFile(file, JSON.stringify(value, null, indent))
const importIt = () => app.api.tasks.importList({ board_id, path: file })
const sentenceOf = async (call: Promise<unknown>) => {
  const { detail } = await refusalOf(call)
  return typeof detail === 'object' && detail && 'message' in detail ? String(detail.message) : ''
}
const cardsNow = async () => (await app.api.boards.get({ id: board_id })).tasks

describe('a task list', () => {
  it('becomes cards with links, criteria, a suggested agent and finished ones in the end column', async () => {
    await write({ tasks: [SEED, DONE] })
    const { tasks, links, notes } = await importIt()
    const { columns } = await app.api.boards.get({ id: board_id })
    const nameOf = (id: string | undefined) => columns.find((column) => column.id === id)?.name
    const [open, done] = tasks
    expect(open?.title).toBe('I1.T10 Implement app/database.py module')
    expect(open?.description).toContain('**Files to change**\n\n- `app/database.py`\n- `app/config.py`')
    expect(open?.description).toContain('**Iteration**\n\nI1: Foundation')
    expect(open?.acceptance_criteria).toBe('- [ ] `get_db()` is exported\n- [ ] the pool is configured')
    expect([open?.checklist_done, open?.checklist_total]).toEqual([0, 2])
    expect([nameOf(open?.column_id), open?.status]).toEqual([columns[0]?.name, 'open'])
    expect([nameOf(done?.column_id), done?.status, done?.checklist_done]).toEqual(['Done', 'done', 1])
    const labels = await app.api.labels.list({ board_id })
    expect(labels.filter((label) => open?.label_ids.includes(label.id)).map(({ name }) => name)).toEqual([
      'BackendAgent',
    ])
    expect(links).toMatchObject([{ task_id: done?.id, other_task_id: open?.id, kind: 'blocks' }])
    expect(notes.map(({ text, items }) => [text, items])).toEqual([
      ['“Not parallelizable” is not kept: cards wait only for those that block them', ['I1.T10']],
    ])
    expect(await cardsNow()).toHaveLength(2)
  })

  it('is shown before it is imported, and nothing is written by looking', async () => {
    await write([SEED, DONE])
    const preview = await app.api.tasks.inspectList({ board_id, path: file })
    expect(preview).toMatchObject({
      cards: 2,
      done: 1,
      links: 1,
      new_labels: ['BackendAgent'],
      titles: ['I1.T10 Implement app/database.py module', 'I1.T6 Models'],
      end_column: 'Done',
    })
    expect(await cardsNow()).toEqual([])
    await importIt()
    const again = await app.api.tasks.inspectList({ board_id, path: file })
    expect(again.notes).toContainEqual(expect.objectContaining({ items: ['I1.T10', 'I1.T6'] }))
    expect(again.new_labels).toEqual([])
  })

  it('is undone in one step, and its numbers are not used again', async () => {
    await write([SEED, DONE])
    const { tasks } = await importIt()
    await app.api.tasks.change({ board_id, changes: tasks.map(({ id }) => ({ id, trashed: true })) })
    expect(await cardsNow()).toEqual([])
    const again = await importIt()
    expect(again.tasks.map(({ number }) => number)).toEqual([3, 4])
  })

  it('undone takes its labels along where nobody else uses them, and done again brings them back', async () => {
    await write([SEED, { ...DONE, agent_type_hint: 'Writer' }])
    const { tasks, labels } = await importIt()
    expect(labels.map(({ name }) => name)).toEqual(['BackendAgent', 'Writer'])
    const [column] = (await app.api.boards.get({ id: board_id })).columns
    const writer = labels.filter(({ name }) => name === 'Writer').map(({ id }) => id)
    if (!column) throw new Error('no column')
    await app.api.tasks.create({ board_id, column_id: column.id, title: 'By hand', label_ids: writer })
    const ids = labels.map(({ id }) => id)
    expect(await app.api.labels.deleteUnused({ board_id, ids })).toEqual([])
    await app.api.tasks.change({ board_id, changes: tasks.map(({ id }) => ({ id, trashed: true })) })
    const deleted = await app.api.labels.deleteUnused({ board_id, ids })
    expect(deleted.map(({ label }) => label.name)).toEqual(['BackendAgent'])
    await app.api.tasks.change({ board_id, changes: tasks.map(({ id }) => ({ id, trashed: false })) })
    for (const one of deleted) await app.api.labels.restore(one)
    const back = (await cardsNow()).find(({ id }) => id === tasks[0]?.id)
    expect(back?.label_ids).toEqual([labels[0]?.id])
  })

  it('above the limit of a column is refused as a whole, unless it is meant', async () => {
    const { columns } = await app.api.boards.get({ id: board_id })
    const first = columns[0]
    if (!first) throw new Error('no column')
    await app.api.columns.update({ id: first.id, wip_limit: 1 })
    await write([SEED, { ...DONE, done: false }])
    expect(await sentenceOf(importIt())).toContain('a limit of 1')
    expect(await cardsNow()).toEqual([])
    expect(await app.api.labels.list({ board_id })).not.toContainEqual(
      expect.objectContaining({ name: 'BackendAgent' }),
    )
    await app.api.tasks.importList({ board_id, path: file, force: true })
    expect(await cardsNow()).toHaveLength(2)
  })

  it('of the most tasks is imported at once', async () => {
    const many = Array.from({ length: MOST_LISTED }, (_, index) => ({
      task_id: `T${index}`,
      description: `Task ${index}`,
      dependencies: index > 0 ? [`T${index - 1}`] : [],
    }))
    await write(many)
    const { tasks, links } = await importIt()
    expect([tasks.length, links.length]).toEqual([MOST_LISTED, MOST_LISTED - 1])
    expect(tasks.map(({ order }) => order)).toEqual(tasks.map((_, index) => index + 1))
  })
})

describe('a list that cannot be imported is refused with what and where', () => {
  const two = (changes: object) => [
    { task_id: 'A', description: 'a' },
    { task_id: 'B', description: 'b', ...changes },
  ]
  const refused: [string, unknown, string][] = [
    ['an id twice', two({ task_id: 'A' }), 'Lines 2, 6: two tasks have the id “A”'],
    [
      'a dependency that is not there',
      two({ dependencies: ['C'] }),
      'Line 6: task “B” depends on “C”, which is not in the list.',
    ],
    ['a task that waits for itself', two({ dependencies: ['B'] }), 'Line 6: task “B” depends on itself.'],
    [
      'a ring',
      [
        { task_id: 'A', description: 'a', dependencies: ['B'] },
        { task_id: 'B', description: 'b', dependencies: ['A'] },
      ],
      'ring: “A” → “B” → “A”',
    ],
    ['no description', two({ description: ' ' }), 'Line 6: task 2 “B”: “description”: It is empty.'],
    ['a task that is none', [null], 'Line 2: task 1: it is no task.'],
    ['a field of another kind', two({ dependencies: 'A' }), 'Line 6: task 2 “B”: “dependencies”'],
    ['an empty list', [], 'The list holds no task.'],
    ['no list', { cards: [] }, 'no list of tasks'],
    [
      'too many tasks',
      Array.from({ length: MOST_LISTED + 1 }, (_, n) => ({ task_id: n, description: 'x' })),
      '1,001 tasks',
    ],
  ]
  it.each(refused)('%s', async (_name, list, sentence) => {
    await write(list)
    const said = await sentenceOf(importIt())
    expect(said).toContain(sentence)
    expect(said).toContain('Nothing was imported.')
    expect(await cardsNow()).toEqual([])
  })

  it('broken JSON', async () => {
    await writeFile(file, '[{"task_id": "A",\n "description": }]')
    expect(await sentenceOf(importIt())).toMatch(/line 2/i)
  })

  it('a file that is not there', async () => {
    expect(await sentenceOf(app.api.tasks.importList({ board_id, path: `${file}.none` }))).not.toBe('')
  })
})

describe('a hostile list', () => {
  it('cannot reach prototypes, break rows or grow without bounds', async () => {
    const long = 'x'.repeat(60_000)
    const text = `[{"task_id":"__proto__","description":"a\\u0000b \\ud800 ${long}","__proto__":{"polluted":1},
      "constructor":"x","agent_type_hint":"${'h'.repeat(400)}","acceptance_criteria":"${'c; '.repeat(9000)}"},
      {"task_id":"constructor","description":"<img src=x onerror=alert(1)>\\n# heading","dependencies":["__proto__"]}]`
    await writeFile(file, text)
    const { tasks, notes, links } = await importIt()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(links).toHaveLength(1)
    expect(tasks[0]?.description?.length).toBeLessThanOrEqual(5000)
    expect(tasks[0]?.acceptance_criteria?.length).toBeLessThanOrEqual(5000)
    expect(tasks[0]?.title.length).toBeLessThanOrEqual(255)
    expect((await app.api.labels.list({ board_id })).every(({ name }) => name.length <= 50)).toBe(true)
    expect(notes.map((note) => note.text)).toEqual(
      expect.arrayContaining([
        'Descriptions longer than 5,000 characters were cut',
        'Acceptance criteria longer than 5,000 characters were cut',
      ]),
    )
  })

  it('of a deep nesting or a huge text is refused', async () => {
    await writeFile(file, '['.repeat(100_000))
    expect(await sentenceOf(importIt())).not.toBe('')
    await write([{ task_id: 'A', description: 'x'.repeat(200_000) }])
    expect(await sentenceOf(importIt())).toContain('At most 100,000 characters.')
  })
})
