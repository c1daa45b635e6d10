import type { BoardId, ColumnId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { TestApp } from './test-app.ts'

/** A board with the columns of the development template, by name. */
export async function makeBoard({ api }: TestApp, name = 'Payments') {
  const board = await api.boards.create({ name, template: 'development' })
  const { columns } = await api.boards.get({ id: board.id })
  const [backlog, progress, review, done] = columns
  if (!backlog || !progress || !review || !done) throw new Error('The template has four columns')
  return { board, backlog, progress, review, done }
}

export async function makeTasks(
  { api }: TestApp,
  boardId: BoardId,
  columnId: ColumnId,
  titles: string[],
): Promise<Task[]> {
  const tasks: Task[] = []
  for (const title of titles)
    tasks.push(await api.tasks.create({ board_id: boardId, column_id: columnId, title }))
  return tasks
}

/** What the window would see of a refusal. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; detail: unknown }> {
  try {
    await call
  } catch (error) {
    if (typeof error === 'object' && error && 'code' in error) {
      const cause = 'cause' in error ? error.cause : null
      const detail = typeof cause === 'object' && cause && 'detail' in cause ? cause.detail : null
      return { code: String(error.code), detail }
    }
    throw error
  }
  throw new Error('The call was not refused')
}

/** The next `count` values of a stream, which is then ended. */
export async function take<T>(stream: AsyncIterable<T>, count: number): Promise<T[]> {
  const values: T[] = []
  for await (const value of stream) {
    values.push(value)
    if (values.length === count) break
  }
  return values
}
