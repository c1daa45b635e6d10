import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardId } from '#shared/ids.ts'
import { aBoardFile, type BoardFiles, openBoardFiles } from '../helpers/board-files.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'

let files: BoardFiles
beforeAll(async () => {
  files = await openBoardFiles()
})
afterAll(() => files[Symbol.asyncDispose]())

/** The cards of a board by their titles, and how often agents began to work on each. */
async function cardsOf(id: BoardId) {
  const { tasks, columns } = await files.app.api.boards.get({ id })
  const card = (title: string) => {
    const found = tasks.find((task) => task.title === title)
    if (!found) throw new Error(`no card ${title}`)
    return found
  }
  const runs = async (title: string) =>
    (await files.app.api.executions.list({ task_id: card(title).id })).length
  return { card, runs, columns }
}

/** Moves a card to the column that ends all work. */
async function finish(id: BoardId, title: string) {
  const { card, columns } = await cardsOf(id)
  const end = columns.find((column) => column.is_end_column)
  if (!end) throw new Error('no end column')
  const { id: taskId, version } = card(title)
  await files.app.api.tasks.move({ id: taskId, column_id: end.id, order: 1, version })
}

it('a card that waited where the board is from starts by itself when the last that blocks it is done', async () => {
  const { api } = files.app
  const { board, backlog, progress } = await makeBoard(files.app)
  const [a, b, c] = await makeTasks(files.app, board.id, backlog.id, ['a', 'b', 'c'])
  if (!a || !b || !c) throw new Error('three cards')
  for (const { id } of [a, b]) await api.links.create({ task_id: id, other_task_id: c.id, kind: 'blocks' })
  await api.tasks.move({ id: c.id, column_id: progress.id, order: 1, version: c.version })

  const file = await files.exported(board.id)
  const { id } = (await files.imported(file)).board
  expect((await cardsOf(id)).card('c')).toMatchObject({
    waits_for_blockers: true,
    current_execution_id: null,
  })
  await finish(id, 'a')
  expect(await (await cardsOf(id)).runs('c')).toBe(0)
  await finish(id, 'b')
  const { card, runs } = await cardsOf(id)
  expect(await runs('c')).toBe(1)
  expect(card('c').waits_for_blockers).toBe(false)
})

it('a file cannot make a card start where nothing blocks it, or where no column starts agents', async () => {
  const waiting = { waits_for_blockers: true }
  const { board } = await files.imported(
    aBoardFile({
      columns: [
        { id: 'todo', name: 'Todo' },
        { id: 'run', name: 'Run', triggers_agents: true },
        { id: 'end', name: 'End', is_end_column: true },
      ],
      links: [
        { from: 1, kind: 'blocks', to: 2 },
        { from: 3, kind: 'blocks', to: 4 },
        { from: 5, kind: 'relates', to: 6 },
        { from: 1, kind: 'blocks', to: 7 },
      ],
      tasks: [
        { number: 1, column: 'end', title: 'done' },
        { number: 2, column: 'run', title: 'after done', ...waiting },
        { number: 3, column: 'todo', title: 'open' },
        { number: 4, column: 'todo', title: 'where nothing starts', ...waiting },
        { number: 5, column: 'todo', title: 'beside' },
        { number: 6, column: 'run', title: 'related', ...waiting },
        { number: 7, column: 'run', title: 'archived', archived_at: '2026-01-01T00:00:00.000Z', ...waiting },
      ],
    }),
  )
  const { tasks } = await files.app.api.boards.get({ id: board.id })
  expect(tasks.filter((task) => task.waits_for_blockers).map(({ title }) => title)).toEqual([])
})

it('of a task list, what depends on others starts by itself in a column that starts agents', async () => {
  const { api } = files.app
  const { board, backlog } = await makeBoard(files.app)
  await api.columns.update({ id: backlog.id, triggers_agents: true })
  const path = await files.write([
    { task_id: 'T1', description: 'first' },
    { task_id: 'T2', description: 'second', dependencies: ['T1'] },
    { task_id: 'T3', description: 'ready', dependencies: ['T0'] },
    { task_id: 'T0', description: 'made', done: true },
  ])
  const { tasks } = await api.tasks.importList({ board_id: board.id, path })
  expect(tasks.map((task) => [task.title, task.waits_for_blockers])).toEqual([
    ['T1 first', false],
    ['T2 second', true],
    ['T3 ready', false],
    ['T0 made', false],
  ])
  await finish(board.id, 'T1 first')
  expect(await (await cardsOf(board.id)).runs('T2 second')).toBe(1)
})
