import { addDays } from '#shared/match-card.ts'
import { addCards, boxOf, drag, makeBoard } from './fixtures/board.ts'
import { burst, burstBefore, PRESSES } from './fixtures/burst.ts'
import { queryDatabase } from './fixtures/database.ts'
import { expect, openWindow, test } from './fixtures/rangers.ts'

/** As the database writes it. */
function dayOf(date: Date): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

test('cards lie on a timeline by their due dates, which a drag or the keys change', async ({
  rangers: { app, page },
  start,
  folder,
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await page.keyboard.press('v')
  await page.keyboard.press('l')
  const dated = page.getByRole('region', { name: 'Cards by due date' })
  const undated = page.getByRole('region', { name: 'Cards without a due date' })
  const chip = (title: string) => page.getByRole('button', { name: new RegExp(`GAR-\\d ${title}`) })

  await test.step('a card is given a date by dragging it onto the timeline', async () => {
    await expect(undated.getByRole('button')).toHaveCount(2)
    const to = await boxOf(dated)
    await drag(page, chip('Weed'), { x: to.x + to.width / 2, y: to.y + 160 })
    await expect(dated.getByRole('button', { name: /Weed, due / })).toBeVisible()
    await expect(undated.getByRole('button')).toHaveCount(1)
  })

  await test.step('and moved by keys, told to screen readers', async () => {
    const before = await chip('Weed').getAttribute('aria-label')
    await chip('Weed').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect(chip('Weed')).not.toHaveAttribute('aria-label', before ?? '')
    await expect(page.getByRole('status').filter({ hasText: 'GAR-1 is due on' })).toHaveCount(1)
    await expect(chip('Weed')).toBeFocused()
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(chip('Weed')).toHaveAttribute('aria-label', before ?? '')
    await page.keyboard.press('ArrowRight')
    await expect(chip('Dig the pond')).toBeFocused()
    await page.keyboard.press('Shift+ArrowRight')
    await expect(dated.getByRole('button')).toHaveCount(2)
  })

  const saved = async () => {
    const [row] = await queryDatabase(folder, `SELECT due_date::text AS day FROM tasks WHERE title = 'Weed'`)
    return String(row?.day)
  }
  await test.step('of a burst of presses none is lost', async () => {
    // What is shown goes ahead of what is saved, from the step before too.
    const shown = (await chip('Weed').getAttribute('aria-label')) ?? ''
    const day = dayOf(new Date(shown.replace(/^.*due /, '')))
    await chip('Weed').focus()
    await page.evaluate(burst('ArrowRight'))
    await expect.poll(saved).toBe(addDays(day, PRESSES))
    await expect(chip('Weed')).toBeFocused()
    for (let presses = 0; presses < PRESSES; presses += 1) await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(saved).toBe(day)
  })

  await test.step('dragged back, it has no date', async () => {
    await page.getByRole('radio', { name: 'Months' }).click()
    const tray = await boxOf(undated)
    await drag(page, chip('Weed'), { x: tray.x + 60, y: tray.y + 120 })
    await expect(undated.getByRole('button', { name: 'GAR-1 Weed, no due date' })).toBeVisible()
  })

  await test.step('a press opens the card', async () => {
    await chip('Weed').click()
    await expect(page.getByRole('heading', { name: 'Weed' })).toBeVisible()
  })

  const other = await openWindow(app)
  await test.step('what is changed right before the window is closed is saved, and the window closes', async () => {
    await expect.poll(saved).toBe('null')
    await chip('Weed').press('Shift+ArrowRight')
    await expect.poll(saved).not.toBe('null')
    const day = await saved()
    const closed = page.waitForEvent('close')
    await burstBefore(app, page, 'close')
    await closed
    await expect.poll(saved).toBe(addDays(day, PRESSES))
  })

  await test.step('and so is what is changed right before the app quits', async () => {
    const day = await saved()
    await other.getByRole('link', { name: /^Garden/ }).click()
    await other.getByRole('heading', { level: 1, name: 'Garden' }).waitFor()
    await other.keyboard.press('v')
    await other.keyboard.press('l')
    await other.getByRole('radio', { name: 'Months' }).click()
    await other.getByRole('button', { name: /GAR-\d Weed/ }).focus()
    const gone = app.waitForEvent('close')
    await burstBefore(app, other, 'quit')
    await gone
    await start()
    expect(await saved()).toBe(addDays(day, PRESSES))
  })
})
