import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportNotes } from '#electron/services/import-notes.ts'
import { mapTrello } from '#electron/services/trello-file.ts'
import { TrelloFile } from '#electron/services/trello-schema.ts'
import { BoardFileHead, FileTask } from '#shared/board-file.ts'
import type { ClosedChoice } from '#shared/board-transfer.ts'

const list = (id: string, pos: number, more: object = {}) => ({
  id,
  name: `List ${id}`,
  closed: false,
  pos,
  ...more,
})
const card = (name: string, idList: string, pos: number, more: object = {}) => ({
  id: `5f3a${pos.toString(16).padStart(20, '0')}`,
  name,
  desc: '',
  idList,
  pos,
  ...more,
})

function map(raw: object, closed: ClosedChoice = 'leave_out') {
  const notes = new ImportNotes()
  const board = mapTrello(TrelloFile.parse({ name: 'Trip', lists: [], cards: [], ...raw }), closed, notes)
  const tasks = [...board.tasks]
  return { ...board, tasks, notes: notes.list() }
}

describe('lists and cards of Trello', () => {
  it('keep their order, which is by place and not by that in the file', () => {
    const { head, tasks } = map({
      lists: [list('b', 2), list('a', 1, { softLimit: 3 })],
      cards: [card('second', 'a', 8), card('first', 'a', 4)],
    })
    expect(head.columns.map((column) => [column.id, column.name, column.wip_limit])).toEqual([
      ['a', 'List a', 3],
      ['b', 'List b', null],
    ])
    expect(tasks.map((task) => task.title)).toEqual(['first', 'second'])
  })

  it('keep numbers, people and times', () => {
    const { tasks } = map({
      lists: [list('a', 1)],
      members: [
        { id: 'm1', fullName: 'Ann Lee', username: 'ann' },
        { id: 'm2', fullName: '', username: 'bob' },
      ],
      cards: [
        card('Fly', 'a', 1, {
          id: '65b8f0000000000000000000',
          idShort: 7,
          idMembers: ['m1', 'm2', 'gone'],
          dateLastActivity: '2024-03-01T10:00:00.000Z',
        }),
        card('Copy', 'a', 2, { idShort: 7 }),
      ],
    })
    expect(tasks[0]).toEqual({
      number: 7,
      column: 'a',
      title: 'Fly',
      description: '**Also assigned to:** bob',
      labels: [],
      comments: [],
      due_date: null,
      assigned_to: 'Ann Lee',
      status: 'open',
      priority: null,
      created_at: '2024-01-30T12:48:00.000Z',
      updated_at: '2024-03-01T10:00:00.000Z',
    })
    expect(tasks[1]?.number).toBeUndefined()
  })

  it('keep labels, due dates and comments; what the board has no place for is in the description', () => {
    const one = card('Pack', 'a', 1, {
      desc: 'For *two* weeks.',
      due: '2024-05-01T12:30:00.000Z',
      dueComplete: true,
      labels: [
        { name: 'home', color: 'green_dark' },
        { name: '', color: 'red' },
      ],
      attachments: [
        { name: 'a [list]', url: 'https://example.org/list', isUpload: true },
        { name: 'evil', url: 'javascript:alert(1)' },
      ],
    })
    const { head, tasks, notes } = map({
      lists: [list('a', 1)],
      labels: [{ name: 'Home', color: 'green' }],
      cards: [one],
      checklists: [
        {
          idCard: one.id,
          name: 'Bag',
          checkItems: [
            { name: 'Socks', state: 'incomplete', pos: 2 },
            { name: 'Pass\nport', state: 'complete', pos: 1 },
          ],
        },
      ],
      actions: [
        {
          type: 'commentCard',
          date: '2024-04-02T08:00:00.000Z',
          memberCreator: { fullName: 'Ann Lee', username: 'ann' },
          data: { text: 'Later\n\n> not now', card: { id: one.id } },
        },
        { type: 'updateCard', data: {} },
        {
          type: 'commentCard',
          date: '2024-04-01T08:00:00.000Z',
          data: { text: 'First', card: { id: one.id } },
        },
      ],
    })
    expect(tasks[0]?.description).toBe(`For *two* weeks.

**Due:** 2024-05-01 12:30 UTC, done

**Bag**

- [x] Pass port
- [ ] Socks

**Attachments**

- [a \\[list\\]](<https://example.org/list>)
- evil`)
    expect(tasks[0]).toMatchObject({ due_date: '2024-05-01', labels: ['l1', 'l2'] })
    expect(head.labels).toEqual([
      { id: 'l1', name: 'Home', color: '#4BCE97' },
      { id: 'l2', name: 'red', color: '#F87462' },
    ])
    expect(tasks[0]?.comments).toEqual([
      { author_id: '', author_name: 'Somebody', body: 'First', created_at: '2024-04-01T08:00:00.000Z' },
      {
        author_id: 'trello:ann',
        author_name: 'Ann Lee',
        body: 'Later\n\n> not now',
        created_at: '2024-04-02T08:00:00.000Z',
      },
    ])
    expect(notes).toEqual([
      { text: 'Attached files stay with Trello; the cards hold links to them.', count: 1, items: ['Pack'] },
    ])
  })

  it('that are archived are left out, or go to the trash, and are counted either way', () => {
    const raw = {
      lists: [list('a', 1), list('old', 2, { closed: true })],
      cards: [card('live', 'a', 1), card('done', 'a', 2, { closed: true }), card('with list', 'old', 3)],
    }
    const out = map(raw)
    expect(out.closed).toEqual({ columns: 1, cards: 2 })
    expect(out.head.columns.map((column) => column.id)).toEqual(['a'])
    expect(out.tasks.map((task) => task.title)).toEqual(['live'])
    expect(out.notes).toEqual([
      { text: 'Archived lists were left out.', count: 1, items: ['List old'] },
      {
        text: 'Archived cards were left out, those of archived lists among them.',
        count: 2,
        items: ['done', 'with list'],
      },
    ])
    const kept = map(raw, 'trash')
    expect(kept.head.columns.map((column) => [column.id, column.trashed])).toEqual([
      ['a', undefined],
      ['old', true],
    ])
    expect(kept.tasks.map((task) => [task.title, task.trashed])).toEqual([
      ['live', undefined],
      ['done', true],
      ['with list', undefined], // it is in a trashed column, and comes back with it
    ])
  })

  it('that are too long are cut, with the whole title in the description', () => {
    const title = `${'t'.repeat(253)}😀😀 end`
    const { tasks, notes } = map({
      lists: [list('a', 1)],
      cards: [card(title, 'a', 1, { desc: 'd'.repeat(6000) }), card(' ', 'a', 2)],
    })
    expect(tasks[0]?.title).toBe(`${'t'.repeat(253)}…`)
    expect(tasks[0]?.description?.startsWith(`${title}\n\nddd`)).toBe(true)
    expect(tasks[0]?.description).toHaveLength(5000)
    expect(tasks[0]?.description).toMatch(
      /…\n\n\*Cut on import: 6,\d{3} characters in Trello, of which 5,000 fit here\.\*$/,
    )
    expect(tasks[1]?.title).toBe('Untitled')
    expect(notes.map((note) => note.text)).toEqual([
      'Titles were cut to 255 characters; the whole title begins the description.',
      'Descriptions were cut to 5,000 characters.',
      'Cards without a title are called “Untitled”.',
    ])
  })

  it('without a list, or broken, are not lost in silence', () => {
    const { head, tasks, notes } = map({
      lists: [list('a', 1), 7],
      cards: [card('stray', 'nowhere', 1), null, { name: 'no id' }],
    })
    expect(head.columns.map((column) => column.name)).toEqual(['List a', 'Without a list'])
    expect(tasks.map((task) => [task.title, task.column])).toEqual([['stray', 'without-list']])
    expect(notes.map((note) => [note.text, note.count])).toEqual([
      ['These lists could not be read.', 1],
      ['These cards could not be read.', 2],
      ['Cards whose list is not in the file are in the column “Without a list”.', 1],
    ])
  })
})

describe('whatever Trello’s file holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }),
    fc.constantFrom('', ' \n ', '\u0000', '\ud83d', '=cmd()', '<img onerror=x>', 'x'.repeat(6000)),
  )
  const value = fc.oneof(text, fc.constant(null), fc.integer(), fc.double(), fc.boolean(), fc.constant([]))
  const hostile = (keys: readonly string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] })
  const id = fc.constantFrom('a', 'b', 'c', '')
  const raw = fc.record({
    name: value,
    desc: value,
    lists: fc.array(
      fc.oneof(value, fc.tuple(hostile(['name', 'closed', 'pos', 'softLimit']), id).map(withId)),
      {
        maxLength: 4,
      },
    ),
    cards: fc.array(
      fc.oneof(
        value,
        fc
          .tuple(hostile(['name', 'desc', 'closed', 'idShort', 'pos', 'due', 'labels', 'idMembers']), id, id)
          .map(([fields, own, idList]) => ({ ...fields, id: own, idList })),
      ),
      { maxLength: 6 },
    ),
    checklists: value,
    actions: value,
    members: value,
  })

  it('the result is a valid board, and each card is in it or counted', () => {
    fc.assert(
      fc.property(raw, fc.constantFrom<ClosedChoice>('leave_out', 'trash'), (file, closed) => {
        const { head, tasks, notes } = map(file, closed)
        const { columns } = BoardFileHead.parse(structuredClone(head))
        for (const task of tasks) {
          expect(FileTask.parse(task)).toMatchObject({ title: task.title, description: task.description })
          expect(columns.map((column) => column.id)).toContain(task.column)
        }
        const left = notes.filter((note) => /cards (were left out|could not)/.test(note.text))
        expect(tasks.length + left.reduce((sum, note) => sum + note.count, 0)).toBe(file.cards.length)
      }),
      { numRuns: 150 },
    )
  })
})

function withId([fields, id]: [object, string]): object {
  return { ...fields, id }
}
