import type { Page } from '@playwright/test'
import { boxOf, makeBoard, toast } from './fixtures/board.ts'
import { clippedTexts } from './fixtures/clipped-text.ts'
import { queryDatabase } from './fixtures/database.ts'
import { column, expect, test } from './fixtures/rangers.ts'

const CARDS = 4000

/** Titles that break what is not made for them, again and again; 500 labels, dates and priorities in all shades. */
const FILL = `
  WITH b AS (SELECT id FROM boards WHERE key = 'GAR'),
  c AS (SELECT id FROM columns WHERE board_id = (SELECT id FROM b) ORDER BY "order" LIMIT 1),
  l AS (INSERT INTO labels (board_id, name, color)
    SELECT b.id, CASE n WHEN 1 THEN repeat('w', 50) WHEN 2 THEN 'عاجل' WHEN 3 THEN '<b>bold</b>' ELSE 'label ' || n END,
      '#4C8DEB' FROM b, generate_series(1, 500) n RETURNING id, name),
  counted AS (UPDATE boards SET next_task_number = ${CARDS + 1} WHERE id = (SELECT id FROM b))
  INSERT INTO tasks (board_id, column_id, number, title, "order", priority, due_date, label_ids, description)
  SELECT b.id, c.id, n,
    CASE n % 7 WHEN 0 THEN repeat('x', 255) WHEN 1 THEN 'مرحبا بالعالم ' || n WHEN 2 THEN '👩‍👩‍👧‍👦🏳️‍🌈 ' || n
      WHEN 3 THEN '<img src=x onerror="document.title=1"> ' || n WHEN 4 THEN '**bold** [a](javascript:alert(1)) ' || n
      WHEN 5 THEN E'\\u202Eright to left ' || n ELSE 'Card ' || n END,
    n, (ARRAY['low', 'medium', 'high', 'urgent', NULL])[1 + n % 5],
    CASE WHEN n % 3 = 0 THEN current_date + (n % 60) - 20 END,
    CASE WHEN n = 1 THEN (SELECT array_agg(id) FROM l) WHEN n % 2 = 0 THEN ARRAY[(SELECT id FROM l OFFSET n % 500 LIMIT 1)] ELSE '{}' END,
    '<script>document.title = 1</script> ![x](https://example.com/x.png)'
  FROM b, c, generate_series(1, ${CARDS}) n`

const drawn = (page: Page) => page.locator('[data-task-id], [data-row][data-column="title"]').count()

test('4,000 cards in a column, 500 labels and titles made to break it: every view draws a few of them, and none is cut', async ({
  rangers: { app, page },
  folder,
}) => {
  await makeBoard(page, 'Garden')
  await queryDatabase(folder, FILL)
  await page.reload()
  await expect(column(page, 'Backlog').getByText('4,000', { exact: true })).toBeVisible({ timeout: 20_000 })
  await page.setViewportSize({ width: 1280, height: 800 })
  const address = new URL(page.url()).hash.replace(/\?.*/, '')
  const show = async (search: string) => {
    await page.evaluate((hash) => {
      location.hash = hash
    }, `${address}?${search}`)
  }
  const zoom = (factor: number) =>
    app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to),
      factor,
    )
  const title = await page.title()
  const cards = column(page, 'Backlog').getByRole('list', { name: 'Cards in Backlog' })
  const scrollUp = () => cards.evaluate(({ parentElement }) => parentElement?.scrollTo({ top: 0 }))

  for (const [name, search] of [
    ['board', 'view=board'],
    ['table', 'view=table'],
    ['timeline', 'view=timeline'],
    ['lanes by priority', 'view=board&group=priority'],
    ['lanes by label', 'view=board&group=label'],
    ['table by label', 'view=table&group=label'],
  ] as const) {
    await test.step(name, async () => {
      await show(search)
      await expect.poll(() => drawn(page), { message: name }).toBeGreaterThan(3)
      expect(await drawn(page), `${name}: only what is in sight is drawn`).toBeLessThan(400)
      for (const factor of [1, 2]) {
        await zoom(factor)
        await expect.poll(() => clippedTexts(page), { message: `${name} at ${factor * 100} %` }).toEqual([])
      }
      await zoom(1)
      expect(await page.title()).toBe(title)
    })
  }

  await test.step('cards with all labels, and with a title without a space', async () => {
    await show('view=board')
    for (const number of [1, 7]) {
      await scrollUp()
      const card = column(page, 'Backlog').getByRole('article', { name: new RegExp(`^GAR-${number} `) })
      await card.click()
      await expect(page.getByRole('button', { name: 'Options of the card' })).toBeVisible()
      for (const factor of [1, 2]) {
        await zoom(factor)
        await expect
          .poll(() => clippedTexts(page), { message: `card ${number} at ${factor * 100} %` })
          .toEqual([])
      }
      await zoom(1)
      await page.keyboard.press('Escape')
      await expect(card, 'which scrolls it into sight').toBeFocused()
    }
    expect(await page.title()).toBe(title)
  })

  await test.step('a card that is held at the edge scrolls the column, and lands far down', async () => {
    await scrollUp()
    const scrolled = () => cards.evaluate(({ parentElement }) => parentElement?.scrollTop ?? 0)
    const first = column(page, 'Backlog').getByRole('article', { name: /^GAR-1 / })
    await first.hover({ position: { x: 60, y: 20 } })
    await page.mouse.down()
    const [from, to] = [await boxOf(first), await boxOf(column(page, 'Backlog'))]
    await page.mouse.move(from.x + 70, from.y + 40, { steps: 4 })
    await page.mouse.move(to.x + to.width / 2, to.y + to.height - 60, { steps: 12 })
    await expect.poll(scrolled).toBeGreaterThan(3000)
    await page.mouse.up()
    const place = async () => {
      const [row] = await queryDatabase(folder, 'SELECT "order" FROM tasks WHERE number = 1')
      return Number(row?.order)
    }
    await expect.poll(place).toBeGreaterThan(20)
    await page.keyboard.press('Control+z')
    await expect(toast(page, 'Undone: moved GAR-1')).toBeVisible()
    expect(await place()).toBe(1)
  })

  await test.step('all of them change in one step, which one key takes back', async () => {
    await show('view=board')
    const urgent = async () => {
      const [row] = await queryDatabase(
        folder,
        `SELECT count(*)::int AS n FROM tasks WHERE priority = 'urgent'`,
      )
      return row?.n
    }
    await column(page, 'Backlog').getByRole('article').first().focus()
    await page.keyboard.press('Control+a')
    await expect(page.getByRole('toolbar', { name: 'Selected cards' })).toContainText('4,000 cards selected')
    await page.keyboard.press('p')
    await page.getByRole('combobox').fill('urgent')
    await page.keyboard.press('Enter')
    await expect(toast(page, 'Changed the priority of 3,200 cards')).toBeVisible({
      timeout: 60_000,
    })
    expect(await urgent()).toBe(CARDS)
    await page.keyboard.press('Control+z')
    await expect(toast(page, 'Undone: changed the priority')).toBeVisible({ timeout: 60_000 })
    expect(await urgent()).toBe(CARDS / 5)
  })
})
