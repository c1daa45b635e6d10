import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvParts } from '#electron/services/board-csv.ts'
import { Board } from '#shared/board.ts'
import { Column } from '#shared/column.ts'
import { Label } from '#shared/label.ts'
import { Task } from '#shared/task.ts'

const at = new Date('2025-01-02T03:04:05.678Z')
const column = Column.parse({
  id: randomUUID(),
  board_id: randomUUID(),
  name: 'In "work"',
  order: 1,
  color: null,
  wip_limit: null,
  triggers_agents: false,
  agent_workflow_type: null,
  is_start_column: false,
  is_review_column: false,
  is_end_column: false,
  created_at: at,
  updated_at: at,
})
const task = (more: Partial<Task>) =>
  Task.parse({
    id: randomUUID(),
    board_id: column.board_id,
    column_id: column.id,
    number: 12,
    title: 'Fix it',
    description: null,
    assigned_to: null,
    status: 'open',
    priority: 'high',
    order: 1,
    version: 1,
    current_execution_id: null,
    created_at: at,
    updated_at: at,
    ...more,
  })
const board = Board.parse({
  id: column.board_id,
  name: 'Rangers',
  description: null,
  settings: {},
  key: 'RNG',
  project_id: null,
  created_at: at,
  updated_at: at,
})
const label = Label.parse({
  id: randomUUID(),
  board_id: board.id,
  name: 'Home, sweet',
  color: '#1A2B3C',
  created_at: at,
  updated_at: at,
})
const ann = randomUUID()

async function csv(...tasks: Task[]): Promise<string> {
  const people = new Map([[ann, 'Ann']])
  let text = ''
  for await (const part of csvParts({ board, columns: [column], labels: [label], people, tasks }))
    text += part
  return text
}

const HEADINGS =
  '\ufeffkey,title,column,status,priority,assigned_to,labels,due_date,estimate,description,acceptance_criteria,archived_at,created_at,updated_at\r\n'
const rows = async (...tasks: Task[]) => (await csv(...tasks)).slice(HEADINGS.length)

it('begins with the mark by which spreadsheet programs know UTF-8, and ends lines as RFC 4180 says', async () => {
  expect(await csv()).toBe(HEADINGS)
  const full = task({
    description: 'two\nlines, "quoted"',
    assigned_to: `person:${ann}`,
    label_ids: [label.id],
    due_date: '2025-02-01',
    estimate: 3,
  })
  expect(await csv(full)).toBe(
    `${HEADINGS}RNG-12,Fix it,"In ""work""",open,high,Ann,"Home, sweet",2025-02-01,3,"two\nlines, ""quoted""",,,2025-01-02T03:04:05.678Z,2025-01-02T03:04:05.678Z\r\n`,
  )
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'+1", "''=1"])(
  '%j cannot be taken for a formula',
  async (title) => {
    const cell = (await rows(task({ title }))).slice('RNG-12,'.length)
    expect(cell.startsWith(`'${title}`) || cell.startsWith(`"'${title}`)).toBe(true)
  },
)

it('gives back every text, whatever it holds', async () => {
  const risky = fc.constantFrom("'", '"', '=', '+', '\uff1d', ',', '\t', '\r', '\n', 'a')
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.string({ unit: risky, minLength: 1, maxLength: 20 }),
  )
  await fc.assert(
    fc.asyncProperty(text, text, async (title, description) => {
      const cells = parseCsv(await rows(task({ title, description })))
      const plain = (cell: string | undefined) =>
        cell?.replace(/^'(?='*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '')
      expect(cells).toHaveLength(1)
      expect([plain(cells[0]?.[1]), plain(cells[0]?.[9])]).toEqual([title, description])
    }),
  )
})

/** As RFC 4180 says, read by the book: the writer is a library, so the reader is not. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*?))(,|\r\n)/gsy
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') lines.push([])
  }
  return lines.filter((line) => line.length > 0)
}
