import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addCards, makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, test } from './fixtures/rangers.ts'

const stored = async (folder: string, number: number) => {
  const [row] = await queryDatabase(folder, 'SELECT *, due_date::text AS due FROM tasks WHERE number = $1', [
    number,
  ])
  return row
}

const property = (page: Page, name: RegExp) =>
  page.getByRole('region', { name: 'Properties' }).getByRole('button', { name })

test('all fields of a card are set where they stand, tasks are ticked in place, and it has an address of its own', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Round totals'])
  await card(page, 'Round totals').click()

  await test.step('labels: found, made on the fly with a colour, taken off again', async () => {
    await property(page, /^Labels: none$/).waitFor() // else the keys are those of the board still
    await page.keyboard.press('Shift+L')
    const field = page.getByRole('combobox', { name: 'Find or create a label' })
    await page.getByRole('button', { name: 'Teal' }).click()
    await field.fill('money')
    await field.press('Enter')
    await expect(property(page, /^Labels: money$/)).toBeVisible()
    await field.fill('urgent fix')
    await field.press('Enter')
    await expect(property(page, /^Labels: money, urgent fix$/)).toBeVisible()
    await field.fill('MONEY')
    await field.press('Enter')
    await expect(property(page, /^Labels: urgent fix$/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(field).toHaveCount(0)
    await expect(page.getByRole('complementary', { name: 'SHO-1 Round totals' })).toBeVisible()
    const labels = await queryDatabase(folder, 'SELECT name, color FROM labels ORDER BY name')
    expect(labels.map(({ name }) => name)).toEqual(['money', 'urgent fix'])
    expect(labels[0]?.color).toBe('#2FA7A0')
  })

  await test.step('assignee, due date in words and by keys, estimate, status', async () => {
    await property(page, /^Assignee/).click()
    await page.getByRole('option', { name: 'Demo agent' }).click()
    await expect(property(page, /^Assignee: Demo agent$/)).toBeVisible()

    await property(page, /^Due date: none$/).click()
    await page.getByLabel('Due date in words').fill('31 jan 2031')
    await expect(page.getByText(/^Enter: .*2031/)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stored(folder, 1))?.due).toBe('2031-01-31')
    await property(page, /^Due date/).click()
    const calendar = page.getByRole('table', { name: 'Due date' })
    await calendar.getByRole('button', { pressed: true }).focus()
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stored(folder, 1))?.due).toBe('2031-03-01')

    await property(page, /^Estimate/).click()
    await page.getByRole('combobox', { name: 'Choose or type a number' }).fill('4')
    await page.getByRole('option', { name: '4 points', exact: true }).click()
    await property(page, /^Status: Open$/).click()
    await page.getByRole('menuitemcheckbox', { name: 'Blocked' }).click()
    await expect(property(page, /^Status: Blocked$/)).toBeVisible()
    await expect
      .poll(() => stored(folder, 1))
      .toMatchObject({ assigned_to: 'agent:scripted', estimate: 4, status: 'blocked' })
  })

  await test.step('acceptance criteria are ticked without opening the editor', async () => {
    await page.getByRole('button', { name: 'Add acceptance criteria…' }).click()
    await page
      .getByRole('textbox', { name: 'Acceptance criteria' })
      .fill('- [ ] Totals have two digits\n- [x] Nothing else changes')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const box = page.getByRole('checkbox', { name: 'Totals have two digits' })
    await box.check()
    await expect
      .poll(() => stored(folder, 1))
      .toMatchObject({
        acceptance_criteria: '- [x] Totals have two digits\n- [x] Nothing else changes',
        checklist_done: 2,
        checklist_total: 2,
      })
    await box.press('Space')
    await expect.poll(async () => (await stored(folder, 1))?.checklist_done).toBe(1)
    await expect(box).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'Acceptance criteria' })).toHaveCount(0)
  })

  await test.step('as a page of its own: there and back, over a reload too', async () => {
    await page.getByRole('button', { name: 'Open as a page' }).click()
    await expect(page).toHaveURL(/\/task\/[^/]+\/full$/)
    await expect(page.getByRole('main', { name: 'SHO-1 Round totals' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Backlog' })).toBeHidden()
    await page.reload()
    await expect(page.getByRole('main', { name: 'SHO-1 Round totals' })).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('complementary', { name: 'SHO-1 Round totals' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Backlog' })).toBeVisible()
  })
})

test('links in both directions: what waits says so, a ring is refused with its sentence, and a removed link comes back', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Prices', 'Totals', 'Invoices', 'Bills'])
  const links = page.getByRole('region', { name: 'Links' })
  const link = async (side: string, typed: string) => {
    await page.getByRole('button', { name: 'Link a card' }).click()
    await page.getByRole('combobox').fill(side)
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: `${side}: key or title` }).fill(typed)
    await page.keyboard.press('Enter')
  }
  await card(page, 'Totals').click()
  await link('Blocked by', 'SHO-1')
  await expect(links.getByText('Waits for SHO-1')).toBeVisible()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const refused = toast(page, 'The agents were not started')
  await expect(refused).toContainText('SHO-1')
  await expect(refused.getByRole('button', { name: 'Run anyway' })).toBeVisible()
  await refused.getByRole('button', { name: 'Dismiss' }).click()
  await link('Relates to', 'invo')
  await expect(links.getByRole('button', { name: /^SHO-3 Invoices/ })).toBeVisible()
  await link('Duplicates', 'bills')
  const sides = () => links.getByRole('heading', { level: 4 }).allTextContents()
  await expect.poll(sides).toEqual(['Blocked by', 'Relates to', 'Duplicates'])

  await test.step('each is seen from its other end, in the words of that end', async () => {
    await links.getByRole('button', { name: /^SHO-3 Invoices/ }).click()
    await expect(page.getByRole('complementary', { name: 'SHO-3 Invoices' })).toBeVisible()
    await expect.poll(sides).toEqual(['Relates to'])
    await links.getByRole('button', { name: /^SHO-2 Totals/ }).click()
    await links.getByRole('button', { name: /^SHO-4 Bills/ }).click()
    await expect(page.getByRole('complementary', { name: 'SHO-4 Bills' })).toBeVisible()
    await expect.poll(sides).toEqual(['Duplicated by'])
    await links.getByRole('button', { name: /^SHO-2 Totals/ }).click()
  })

  await links.getByRole('button', { name: /^SHO-1 Prices/ }).click()
  await expect(page.getByRole('complementary', { name: 'SHO-1 Prices' })).toBeVisible()
  await expect(links.getByRole('heading', { name: 'Blocks' })).toBeVisible()
  await link('Blocked by', '2')
  await expect(toast(page, 'The cards were not linked')).toContainText(
    /These cards would wait for each other for ever: SHO-1 .*already blocks SHO-2/,
  )

  await links.getByRole('button', { name: 'Remove the link to SHO-2' }).click()
  await expect(links).toHaveCount(0)
  await toast(page, 'Link removed').getByRole('button', { name: 'Undo' }).click()
  await expect(links.getByRole('button', { name: /^SHO-2 Totals/ })).toBeVisible()

  await property(page, /^Column/).click()
  await page.getByRole('menuitemcheckbox', { name: 'Done' }).click()
  await links.getByRole('button', { name: /^SHO-2 Totals/ }).click()
  await expect(links.getByRole('button', { name: /^SHO-1 Prices Done/ })).toBeVisible()
  await expect(links.getByText('Waits for')).toHaveCount(0)
})

test('hostile texts: nothing of them runs, and nothing breaks the card', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Placeholder'])
  await card(page, 'Placeholder').click()
  const panel = page.locator('[data-covering]')
  const overview = page.getByRole('region', { name: 'Card', exact: true }).locator('> div').first()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => {
    problems.push(dialog.message())
    void dialog.dismiss()
  })
  const texts = [
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"><svg onload="window.hacked = 1">',
    '[press me](javascript:window.hacked=1) <a href="javascript:window.hacked=1">and me</a>',
    `| ${'wide column | '.repeat(120)}\n|${'-|'.repeat(120)}\n| ${'cell | '.repeat(120)}`,
    'x'.repeat(5_000),
    `\`${'y'.repeat(4_000)}\``,
    `\`\`\`\n${'z'.repeat(4_000)}\n\`\`\``,
    '>'.repeat(5_000),
    `${'- '.repeat(2_000)}deep`,
    '\u202Egnp.exe\u202C \u2066isolated \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
    `${'Z\u0351\u036B\u0343\u0329'.repeat(900)}`,
  ]
  await page.getByRole('button', { name: 'Add a description…' }).click()
  for (const text of texts) {
    await page.getByRole('textbox', { name: 'Description', exact: true }).fill(text)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const edit = page.getByRole('button', { name: 'Edit description' })
    await expect(edit).toBeAttached()
    const { scrollWidth, clientWidth } = await overview.evaluate(({ scrollWidth, clientWidth }) => ({
      scrollWidth,
      clientWidth,
    }))
    expect(scrollWidth, text.slice(0, 20)).toBeLessThanOrEqual(clientWidth)
    await edit.focus()
    await page.keyboard.press('Enter')
  }
  await page.getByRole('textbox', { name: 'Description', exact: true }).press('Escape')

  await page.getByRole('button', { name: 'Placeholder', exact: true }).click()
  await page.getByLabel('Title of SHO-1').fill('\u202E'.concat('W'.repeat(254)))
  await page.keyboard.press('Enter')
  await expect.poll(async () => String((await stored(folder, 1))?.title).length).toBe(255)
  const box = await panel.boundingBox()
  const title = await panel.getByRole('heading', { level: 2 }).boundingBox()
  expect((title?.x ?? 0) + (title?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0))
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
  expect(problems).toEqual([])
})

test('a full card keeps nobody out, beside its board and as a page, in both themes', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Round totals to cents', 'Show delivery dates', 'Import prices from CSV'])
  await queryDatabase(folder, FULL_CARD)
  await queryDatabase(
    folder,
    `INSERT INTO labels (id, board_id, name, color, created_at, updated_at)
     SELECT gen_random_uuid(), id, 'label ' || n, '#2C7BE5', now(), now() FROM boards, generate_series(1, 500) n`,
  )
  await queryDatabase(
    folder,
    `UPDATE tasks SET label_ids = (SELECT array_agg(id) FROM (SELECT id FROM labels ORDER BY name LIMIT 2) l)
     WHERE number = 1`,
  )
  await queryDatabase(
    folder,
    `INSERT INTO task_links (id, board_id, task_id, other_task_id, kind, created_at, updated_at)
     SELECT gen_random_uuid(), a.board_id, a.id, b.id, 'blocks', now(), now() FROM tasks a, tasks b
     WHERE b.number = 1 AND a.number = 2`,
  )
  await queryDatabase(
    folder,
    `INSERT INTO comments (id, board_id, task_id, author_type, author_id, author_name, body, created_at, updated_at)
     SELECT gen_random_uuid(), board_id, id, 'person', gen_random_uuid()::text, 'Grace Hopper',
       'Comment ' || n || ': see **this** first.', now() - interval '1 hour' * n, now() FROM tasks,
       generate_series(1, 60) n WHERE number = 1`,
  )
  await page.reload()
  await card(page, 'Round totals to cents').click()
  await expect(page.getByRole('region', { name: 'Links' })).toContainText('Waits for SHO-2')
  await page.getByRole('button', { name: 'Show 10 earlier comments' }).click()
  await expect(page.getByRole('region', { name: 'Comments' }).getByRole('listitem')).toHaveCount(60)

  const check = async (view: string) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      const told = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join('\n')}`,
      )
      expect.soft(told, `${view}, ${colorScheme}`).toEqual([])
    }
  }
  await check('beside the board')
  await page.getByRole('button', { name: 'Open as a page' }).click()
  await check('as a page')
  await page.keyboard.press('D')
  await expect(page.getByRole('table', { name: 'Due date' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Due date' })).toBeInViewport()
  await check('due date')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('table', { name: 'Due date' })).toBeHidden()
  await page.keyboard.press('Shift+L')
  await page.getByRole('combobox', { name: 'Find or create a label' }).fill('label 49')
  await check('labels')
  await page.keyboard.press('Escape')
})

const FULL_CARD = `UPDATE tasks SET due_date = '2020-01-31', estimate = 3, assigned_to = 'agent:scripted',
  priority = 'high', waits_for_blockers = true,
  description = E'Totals have **too many digits** in some carts.\\n\\n- \`sum()\` adds floats\\n- the receipt shows \`12.3000001\`\\n\\n| cart | total |\\n|-|-|\\n| one | 12.30 |',
  acceptance_criteria = E'- [x] Totals have two digits\\n- [ ] Nothing else changes\\n- [ ] The check passes'
  WHERE number = 1`
