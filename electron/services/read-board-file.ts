import { setImmediate as breathe } from 'node:timers/promises'
import type { z } from 'zod'
import { BOARD_FILE_FORMAT, BOARD_FILE_VERSION, BoardFileHead, FileTask } from '#shared/board-file.ts'
import type { ClosedChoice, ImportPreview } from '#shared/board-transfer.ts'
import { cutText } from '#shared/cut-text.ts'
import { InvalidInputError } from '#shared/errors.ts'
import { readJsonFile } from '../platform/json-file.ts'
import { ImportNotes } from './import-notes.ts'
import { mapTrello } from './trello-file.ts'
import { TrelloFile } from './trello-schema.ts'

/** A board of 10,000 full cards has some 20 MB. */
const LARGEST = 50_000_000
/** Cards that are checked at once; nothing else waits longer than they take. */
const BATCH = 250

/** A checked file: whatever is in it can be written to the database as it is. */
export interface BoardDraft {
  source: ImportPreview['source']
  head: BoardFileHead
  tasks: FileTask[]
  closed: { columns: number; cards: number }
  notes: ImportNotes
}

export interface ReadBoardOptions {
  closed: ClosedChoice
  signal: AbortSignal
  onProgress?: (done: number, total: number) => void
}

/** Reads a board that this app or Trello exported. Throws InvalidInputError with what is wrong, and where. */
export async function readBoardFile(path: string, options: ReadBoardOptions): Promise<BoardDraft> {
  const { closed, signal } = options
  const raw = await readJsonFile(path, { ...options, limit: LARGEST })
  if (!isObject(raw)) throw noBoard()
  if (raw.format === BOARD_FILE_FORMAT) return readOwn(raw, signal)
  const trello = TrelloFile.safeParse(raw)
  if (!trello.success) throw noBoard()
  const notes = new ImportNotes()
  const board = mapTrello(trello.data, closed, notes)
  const tasks = await checkedTasks(board.tasks, board.head, signal)
  return { source: 'trello', head: board.head, tasks, closed: board.closed, notes }
}

async function readOwn(raw: Record<string, unknown>, signal: AbortSignal): Promise<BoardDraft> {
  if (typeof raw.version !== 'number') throw invalid('The file does not say which version it has')
  if (raw.version > BOARD_FILE_VERSION) throw newer(raw)
  const head = BoardFileHead.safeParse(raw)
  if (!head.success) throw invalid(headProblem(head.error.issues[0], raw))
  if (!Array.isArray(raw.tasks)) throw invalid('The list “tasks” is missing')
  const tasks = await checkedTasks(raw.tasks, head.data, signal)
  checkLinks(head.data, tasks)
  const closed = { columns: 0, cards: 0 }
  return { source: 'agent_rangers', head: head.data, tasks, closed, notes: new ImportNotes() }
}

async function checkedTasks(
  values: Iterable<unknown>,
  head: BoardFileHead,
  signal: AbortSignal,
): Promise<FileTask[]> {
  const columns = new Set(head.columns.map((column) => column.id))
  const labels = new Set(head.labels.map((label) => label.id))
  checkNames(head, columns, labels)
  const numbers = new Set<number>()
  const tasks: FileTask[] = []
  const check = (value: unknown): FileTask => {
    const task = FileTask.safeParse(value)
    const refuse = (what: string) => invalid(`Card ${tasks.length + 1}${titleIn(value)}: ${what}`)
    if (!task.success) throw refuse(problem(task.error.issues[0]))
    const { column, number } = task.data
    if (!columns.has(column)) throw refuse(`there is no column “${cutText(column, 40)}” in the file`)
    const stray = task.data.labels.find((label) => !labels.has(label))
    if (stray !== undefined) throw refuse(`there is no label “${cutText(stray, 40)}” in the file`)
    if (number === undefined) return task.data
    if (numbers.has(number)) throw refuse(`an earlier card has the number ${number} too`)
    numbers.add(number)
    return task.data
  }
  for (const value of values) {
    tasks.push(check(value))
    if (tasks.length % BATCH === 0) await breathe()
    signal.throwIfAborted()
  }
  return tasks
}

function checkNames(head: BoardFileHead, columns: ReadonlySet<string>, labels: ReadonlySet<string>): void {
  if (columns.size < head.columns.length) throw invalid('Two columns have the same “id”')
  if (labels.size < head.labels.length) throw invalid('Two labels have the same “id”')
  const stray = head.transitions.flatMap(({ from, to }) => [from, to]).find((id) => !columns.has(id))
  if (stray !== undefined)
    throw invalid(`A rule names a column “${cutText(stray, 40)}”, which is not in the file`)
}

/** Links name two cards of the file, each pair once, and nothing waits for itself, by however many detours. */
function checkLinks({ links }: BoardFileHead, tasks: readonly FileTask[]): void {
  const numbers = new Set(tasks.map((task) => task.number))
  const blocking = new Map<number, number[]>()
  const seen = new Set<string>()
  for (const { from, kind, to } of links) {
    const stray = [from, to].find((number) => !numbers.has(number))
    if (stray !== undefined) throw invalid(`A link names a card ${stray}, which is not in the file`)
    const said = `${from} ${kind} ${to}`
    if (from === to || seen.has(said)) throw invalid(`The link “${said}” makes no sense`)
    seen.add(said)
    if (kind !== 'blocks') continue
    const others = blocking.get(from)
    if (others) others.push(to)
    else blocking.set(from, [to])
  }
  if (hasRing(blocking)) throw invalid('Cards block each other in a ring')
}

/** Takes away what blocks nothing, again and again; what is left then goes round. */
function hasRing(blocking: ReadonlyMap<number, readonly number[]>): boolean {
  const waitsFor = new Map<number, number>()
  for (const others of blocking.values())
    for (const other of others) waitsFor.set(other, (waitsFor.get(other) ?? 0) + 1)
  const free = [...blocking.keys()].filter((number) => !waitsFor.has(number))
  for (const number of free) {
    for (const other of blocking.get(number) ?? []) {
      const left = (waitsFor.get(other) ?? 0) - 1
      waitsFor.set(other, left)
      if (left === 0) free.push(other)
    }
  }
  return [...waitsFor.values()].some((left) => left > 0)
}

function headProblem(issue: z.core.$ZodIssue | undefined, raw: Record<string, unknown>): string {
  const [part, index, ...field] = issue?.path ?? []
  if (part !== 'columns' || typeof index !== 'number' || !issue) return problem(issue)
  const column = Array.isArray(raw.columns) ? raw.columns[index] : null
  const name = isObject(column) && typeof column.name === 'string' ? ` (“${cutText(column.name, 40)}”)` : ''
  return `Column ${index + 1}${name}: ${problem({ ...issue, path: field })}`
}

function problem(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'It is not valid.'
  return issue.path.length === 0 ? issue.message : `“${issue.path.join('.')}”: ${issue.message}`
}

function titleIn(value: unknown): string {
  return isObject(value) && typeof value.title === 'string' ? ` (“${cutText(value.title, 40)}”)` : ''
}

function invalid(sentence: string): InvalidInputError {
  const end = /[.!?]$/.test(sentence) ? '' : '.'
  return new InvalidInputError('FILE_INVALID', `${sentence}${end} Nothing was imported.`)
}

function newer({ version, app_version: app }: Record<string, unknown>): InvalidInputError {
  const from = typeof app === 'string' ? ` (Agent Rangers ${cutText(app, 40)})` : ''
  const message = `The file was written by a newer version${from}: it has the format ${version}, this version reads up to ${BOARD_FILE_VERSION}. Update Agent Rangers, then import it.`
  return new InvalidInputError('FILE_NEWER', message)
}

function noBoard(): InvalidInputError {
  const message =
    'The file is JSON, but neither a board of Agent Rangers nor an export of Trello. A task list is imported into an open board: choose “Import a task list…” in its menu.'
  return new InvalidInputError('FILE_NOT_BOARD', message)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
