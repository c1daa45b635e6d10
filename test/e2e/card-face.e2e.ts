import { addCards, makeBoard } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, test } from './fixtures/rangers.ts'

const LONG = 'unbroken'.repeat(32).slice(0, 255)
const RIGHT_TO_LEFT = 'שלום עולם 🚀 مرحبا'

test('a card shows what there is to know of it, however odd its words are', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Faces')
  await addCards(page, 'Backlog', ['Paint', 'Dry', LONG, RIGHT_TO_LEFT, 'Plain'])
  await queryDatabase(
    folder,
    `WITH colours AS (
       INSERT INTO labels (id, board_id, name, color)
       SELECT gen_random_uuid(), boards.id, label.name, label.color
         FROM boards, (VALUES ('Bug', '#d0021b'), ('Design', '#8b7cf0'), ('Docs', '#111111'), ('Zebra', '#f8e71c'))
           AS label (name, color)
       RETURNING id
     )
     UPDATE tasks SET label_ids = (SELECT array_agg(id) FROM colours), priority = 'urgent', due_date = '2020-02-01',
       estimate = 5, checklist_done = 2, checklist_total = 5, comment_count = 3, attachment_count = 1,
       assigned_to = 'Ada Lovelace'
     WHERE title = 'Paint'`,
  )
  await queryDatabase(
    folder,
    `INSERT INTO task_links (id, board_id, task_id, other_task_id, kind)
     SELECT gen_random_uuid(), one.board_id, one.id, other.id, 'blocks'
       FROM tasks one, tasks other WHERE one.title = 'Paint' AND other.title = 'Dry'`,
  )
  await page.reload()
  const paint = card(page, 'Paint')
  await expect(paint).toContainText('Bug')
  await expect(paint.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveText([
    'Bug',
    'Design',
    'Docs',
    '+1',
  ])
  await expect(paint).toContainText('Overdue: ')
  await expect(paint).toContainText('Estimate: 5 points')
  await expect(paint).toContainText('2 of 5 items done')
  await expect(paint).toContainText('3 comments')
  await expect(paint).toContainText('1 attachment')
  await expect(paint).toContainText('Assigned to Ada Lovelace')
  await expect(card(page, 'Dry')).toContainText('Waits for FAC-1')
  await expect(card(page, 'Dry').getByTitle('FAC-1 Paint')).toBeVisible()

  const isClipped = (title: string) =>
    card(page, title).evaluate((element) => element.scrollWidth > element.clientWidth + 1)
  expect(await isClipped(LONG)).toBe(false)
  const height = await card(page, LONG).evaluate((element) => element.getBoundingClientRect().height)
  expect(height).toBeLessThan(140)
  await expect(page.getByText(RIGHT_TO_LEFT)).toHaveCSS('direction', 'rtl')
  await expect(card(page, 'Plain')).toHaveText(/^FAC-5Plain$/)
})
