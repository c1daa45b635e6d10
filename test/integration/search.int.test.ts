import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const find = async (text: string, board_id?: Parameters<TestApp['api']['search']['cards']>[0]['board_id']) =>
  app.api.search.cards({ text, ...(board_id && { board_id }) })

test('title goes before body, and the last word may be unfinished', async () => {
  const { board, backlog } = await makeBoard(app, 'Zebra')
  const [inBody] = await makeTasks(app, board.id, backlog.id, ['Something else', 'Paint the zebra crossing'])
  if (!inBody) throw new Error('no card')
  const description = 'Long before it all, somebody had to paint the **zebras** by hand.'
  await app.api.tasks.update({ id: inBody.id, description })
  const hits = await find('paint zeb')
  expect(hits.map((hit) => [hit.title.text, hit.found_in])).toEqual([
    ['Paint the zebra crossing', 'title'],
    ['Something else', 'body'],
  ])
  expect(hits[0]).toMatchObject({
    board_name: 'Zebra',
    column_name: 'Backlog',
    is_archived: false,
    snippet: null,
    title: {
      marks: [
        [0, 5],
        [10, 13],
      ],
    },
  })
  expect(hits[1]?.snippet?.text).toBe(description)
})

test('a key finds its card first, on any board or on one', async () => {
  const { board, backlog } = await makeBoard(app, 'Keyed')
  const [, second] = await makeTasks(app, board.id, backlog.id, [`see ${board.key}-2`, 'second'])
  const hits = await find(`${board.key.toLowerCase()}-2`)
  expect(hits.map((hit) => [hit.key, hit.found_in])).toEqual([
    [`${board.key}-2`, 'key'],
    [`${board.key}-1`, 'title'],
  ])
  expect(hits[0]?.task_id).toBe(second?.id)
  const { board: other } = await makeBoard(app, 'Other')
  expect(await find(`${board.key}-2`, other.id)).toEqual([])
})

test('what is in the trash is not found, with its column or board neither', async () => {
  const { board, backlog, done } = await makeBoard(app, 'Trashy')
  const [card] = await makeTasks(app, board.id, backlog.id, ['quokka one', 'quokka two'])
  await makeTasks(app, board.id, done.id, ['quokka three'])
  await app.api.tasks.delete({ id: card?.id as NonNullable<typeof card>['id'] })
  await app.api.columns.delete({ id: done.id })
  expect((await find('quokka')).map((hit) => hit.title.text)).toEqual(['quokka two'])
  await app.api.boards.delete({ id: board.id })
  expect(await find('quokka')).toEqual([])
})

test.each(["'", "o'neil", 'a & !b | (c:*', '\\', ':*', '💥', 'x'.repeat(200)])(
  '%s is a text like others',
  async (text) => {
    expect(await find(text)).toEqual([])
  },
)

test('among ten thousand cards there is an index that finds', async () => {
  const { board, backlog } = await makeBoard(app, 'Large')
  await app.ctx.db.execute(sql`
    INSERT INTO tasks (board_id, column_id, number, title, description, "order")
    SELECT ${board.id}, ${backlog.id}, n, 'Card ' || n || ' ' || md5(n::text), repeat(md5((n * 7)::text) || ' ', 20), n
    FROM generate_series(1, 10000) n`)
  await app.ctx.db.execute(sql`VACUUM ANALYZE task_search`)
  // A word as a whole: how many begin with some letters the planner cannot know, and reading all can be cheaper.
  const { rows } = await app.ctx.db.execute<{ 'QUERY PLAN': string }>(sql`
    EXPLAIN SELECT task_id FROM task_search WHERE document @@ to_tsquery('simple', '''9999''')`)
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('idx_task_search_document')
  const hits = await find('card c4ca4238')
  expect(hits.map((hit) => hit.title.text.split(' ')[1])).toEqual(['1'])
})
