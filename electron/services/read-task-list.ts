import { readFile } from 'node:fs/promises'
import { cutText } from '#shared/cut-text.ts'
import { InvalidInputError } from '#shared/errors.ts'
import { ListedTask, MOST_LISTED } from '#shared/task-list.ts'
import { readJsonFile } from '../platform/json-file.ts'
import { elementLines } from './element-lines.ts'
import { ImportNotes } from './import-notes.ts'

/** A plan of a thousand tasks has some 3 MB. */
const LARGEST = 10_000_000

/** A checked list: every name is there once, every dependency is there, nothing waits for itself. */
export interface TaskListDraft {
  tasks: ListedTask[]
  notes: ImportNotes
}

/** Reads a task list of seed 4's form: an array, or an object with `tasks`. Throws InvalidInputError with what and where. */
export async function readTaskList(path: string, signal: AbortSignal): Promise<TaskListDraft> {
  const raw = await readJsonFile(path, { limit: LARGEST, signal })
  const list = Array.isArray(raw) ? raw : isObject(raw) && Array.isArray(raw.tasks) ? raw.tasks : null
  if (!list) {
    throw invalid(
      'FILE_NOT_TASK_LIST',
      'The file is JSON, but no list of tasks: an array, or an object with “tasks”.',
    )
  }
  if (list.length === 0) throw invalid('FILE_INVALID', 'The list holds no task.')
  if (list.length > MOST_LISTED) {
    const count = list.length.toLocaleString('en')
    throw invalid(
      'FILE_INVALID',
      `The list holds ${count} tasks; at most 1,000 are imported at once. Split it.`,
    )
  }
  try {
    return checkedList(list)
  } catch (error) {
    if (!(error instanceof ListProblem)) throw error
    const lines = elementLines(await readFile(path, 'utf8'), 'tasks')
    throw invalid(
      'FILE_INVALID',
      error.sentence((index) => lines[index] ?? null),
    )
  }
}

/** Something is wrong with elements of the list; on which lines they are is found out only then. */
class ListProblem extends Error {
  override readonly name = 'ListProblem'
  readonly #indexes: readonly number[]
  constructor(indexes: readonly number[], message: string) {
    super(message)
    this.#indexes = indexes
  }

  sentence(lineOf: (index: number) => number | null): string {
    const lines = this.#indexes.flatMap((index) => lineOf(index) ?? [])
    if (lines.length === 0) return this.message
    return `${lines.length === 1 ? 'Line' : 'Lines'} ${lines.join(', ')}: ${this.message}`
  }
}

function checkedList(list: readonly unknown[]): TaskListDraft {
  const notes = new ImportNotes()
  const places = new Map<string, number>()
  const tasks = list.map((value, index) => {
    const task = checkedTask(value, index)
    const earlier = places.get(task.task_id)
    if (earlier !== undefined) {
      throw new ListProblem(
        [earlier, index],
        `two tasks have the id ${named(task.task_id)}. Each id may be there once.`,
      )
    }
    places.set(task.task_id, index)
    if (isObject(value)) noteUnknown(value, task, notes)
    return task
  })
  tasks.forEach((task, index) => {
    checkDependencies(task, index, places)
  })
  refuseRing(tasks, places)
  return { tasks, notes }
}

function checkedTask(value: unknown, index: number): ListedTask {
  const task = ListedTask.safeParse(value)
  if (task.success) return task.data
  const [issue] = task.error.issues
  const id = isObject(value) && typeof value.task_id === 'string' ? ` ${named(value.task_id)}` : ''
  const what =
    issue && issue.path.length > 0 ? `“${issue.path.join('.')}”: ${issue.message}` : 'it is no task.'
  throw new ListProblem([index], `task ${index + 1}${id}: ${what}`)
}

function checkDependencies(
  { task_id, dependencies }: ListedTask,
  index: number,
  places: ReadonlyMap<string, number>,
) {
  for (const other of dependencies ?? []) {
    if (other === task_id) throw new ListProblem([index], `task ${named(task_id)} depends on itself.`)
    if (!places.has(other))
      throw new ListProblem(
        [index],
        `task ${named(task_id)} depends on ${named(other)}, which is not in the list.`,
      )
  }
}

/** Takes away what waits for nothing, again and again; what is left then goes round, or waits for what does. */
function refuseRing(tasks: readonly ListedTask[], places: ReadonlyMap<string, number>): void {
  const waitsFor = new Map(tasks.map((task) => [task.task_id, new Set(task.dependencies ?? [])]))
  const blocks = new Map<string, string[]>()
  for (const [id, others] of waitsFor)
    for (const other of others) blocks.set(other, [...(blocks.get(other) ?? []), id])
  const free = [...waitsFor.keys()].filter((id) => waitsFor.get(id)?.size === 0)
  for (const id of free) {
    waitsFor.delete(id)
    for (const other of blocks.get(id) ?? []) {
      const open = waitsFor.get(other)
      open?.delete(id)
      if (open?.size === 0) free.push(other)
    }
  }
  const [first] = waitsFor.keys()
  if (first !== undefined) throw ringProblem(ringFrom(first, waitsFor), places)
}

/** Each of these waits for another of them: whoever follows comes round. */
function ringFrom(first: string, waitsFor: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const way: string[] = []
  let id = first
  while (!way.includes(id)) {
    way.push(id)
    id = waitsFor.get(id)?.values().next().value ?? first
  }
  return way.slice(way.indexOf(id))
}

function ringProblem(ring: readonly string[], places: ReadonlyMap<string, number>): ListProblem {
  const shown = ring.slice(0, 6).map((id) => named(id))
  const more = ring.length > 6 ? ['…'] : []
  const chain = [...shown, ...more, named(ring[0] ?? '')].join(' → ')
  const indexes = ring.slice(0, 6).flatMap((id) => places.get(id) ?? [])
  return new ListProblem(indexes, `these tasks depend on each other in a ring: ${chain}.`)
}

function noteUnknown(value: Record<string, unknown>, task: ListedTask, notes: ImportNotes): void {
  for (const name of Object.keys(value).slice(0, 50)) {
    if (name in ListedTask.shape) continue
    notes.add(`The field “${cutText(name, 40)}” has no place on a card and was left out`, [task.task_id])
  }
}

function named(id: string): string {
  return `“${cutText(id, 40)}”`
}

function invalid(error: string, sentence: string): InvalidInputError {
  return new InvalidInputError(error, `${sentence} Nothing was imported.`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
