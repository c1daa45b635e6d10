import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardId, ColumnId } from '#shared/ids.ts'
import { type TaskCard, toTaskCard } from '#shared/task.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function fill(boardId: BoardId, columnId: ColumnId, count: number): Promise<void> {
  await app.ctx.db.execute(sql`
    insert into tasks (board_id, column_id, title, description, number, "order")
    select ${boardId}, ${columnId}, 'Card ' || n, repeat('long ', 800),
      n + coalesce((select max(number) from tasks where board_id = ${boardId}), 0), n
    from generate_series(1, ${count}::int) n`)
}

async function allCards(boardId: BoardId, limit: number): Promise<TaskCard[]> {
  const cards: TaskCard[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof app.api.boards.cards>> = await app.api.boards.cards({
      board_id: boardId,
      after,
      limit,
    })
    expect(page.tasks.length).toBeLessThanOrEqual(limit)
    cards.push(...page.tasks)
    after = page.next
  }
  return cards
}

describe('an opened board', () => {
  it('has the first cards of each column, all counts, and no bodies', async () => {
    const { board, backlog, review } = await makeBoard(app)
    await fill(board.id, backlog.id, 120)
    await fill(board.id, review.id, 3)
    const opened = await app.api.boards.open({ id: board.id, per_column: 10 })
    const counts = new Map(opened.counts.map(({ column_id, count }) => [column_id, count]))
    expect(counts).toEqual(
      new Map([
        [backlog.id, 120],
        [review.id, 3],
      ]),
    )
    const titles = opened.tasks.filter((task) => task.column_id === backlog.id).map(({ title }) => title)
    expect(titles).toEqual(Array.from({ length: 10 }, (_, index) => `Card ${index + 1}`))
    expect(opened.tasks).toHaveLength(13)
    expect(JSON.stringify(opened)).not.toContain('long')
    expect(opened.tasks[0]).toMatchObject({ has_description: true })
  })

  it('gives the same cards as the whole snapshot, without their bodies', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [a, b] = await makeTasks(app, board.id, backlog.id, ['a', 'b'])
    if (!a || !b) throw new Error('two cards')
    await app.api.tasks.update({ id: a.id, description: 'words', due_date: '2026-05-01', estimate: 3 })
    await app.api.tasks.move({ id: b.id, column_id: review.id, order: 1, version: 1 })
    await app.ctx.db.execute(sql`
      with run as (
        insert into executions (task_id, board_id, workflow_type, provider, status)
        values (${a.id}, ${board.id}, 'development', 'scripted', 'completed') returning id
      ) update tasks set current_execution_id = run.id from run where tasks.id = ${a.id}`)
    const { tasks, executions } = await app.api.boards.get({ id: board.id })
    const opened = await app.api.boards.open({ id: board.id })
    const byNumber = (cards: TaskCard[]) => cards.toSorted((x, y) => x.number - y.number)
    expect(byNumber(opened.tasks)).toEqual(byNumber(tasks.map(toTaskCard)))
    expect(executions).toHaveLength(1)
    expect(opened.executions).toEqual(executions)
    expect(await allCards(board.id, 1)).toEqual(byNumber(tasks.map(toTaskCard)))
  })

  it('knows what blocks its first cards, however far away that is', async () => {
    const { board, backlog } = await makeBoard(app)
    await fill(board.id, backlog.id, 30)
    const { tasks } = await app.api.boards.get({ id: board.id })
    const [first] = tasks
    const last = tasks.at(-1)
    if (!first || !last) throw new Error('cards')
    const link = await app.api.links.create({ task_id: last.id, other_task_id: first.id, kind: 'blocks' })
    const opened = await app.api.boards.open({ id: board.id, per_column: 5 })
    expect(opened.links).toEqual([link])
    expect(opened.blockers).toEqual([toTaskCard(last)])
  })
})

describe('the pages of a board', () => {
  it('neither miss nor double a card that moves, comes or goes meanwhile', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const made = await makeTasks(app, board.id, backlog.id, ['a', 'b', 'c', 'd', 'e', 'f'])
    const [a, , c, , , f] = made
    if (!a || !c || !f) throw new Error('six cards')
    const first = await app.api.boards.cards({ board_id: board.id, limit: 2 })
    await app.api.tasks.move({ id: a.id, column_id: review.id, order: 9, version: 1 })
    await app.api.tasks.move({ id: f.id, column_id: backlog.id, order: 0.5, version: 1 })
    await app.api.tasks.delete({ id: c.id })
    const rest = await app.api.boards.cards({ board_id: board.id, after: first.next ?? 0 })
    expect([...first.tasks, ...rest.tasks].map(({ title }) => title)).toEqual(['a', 'b', 'd', 'e', 'f'])
    expect(rest.next).toBeNull()
  })

  it('cover 3,000 cards', async () => {
    const { board, backlog, review } = await makeBoard(app)
    await fill(board.id, backlog.id, 2000)
    await fill(board.id, review.id, 1000)
    const cards = await allCards(board.id, 1000)
    expect(new Set(cards.map(({ id }) => id)).size).toBe(3000)
  })
})
