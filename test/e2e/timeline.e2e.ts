import { addCards, boxOf, drag, makeBoard } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

test('cards lie on a timeline by their due dates, which a drag or the keys change', async ({
  rangers: { page },
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

  await test.step('of a burst of presses none is lost', async () => {
    const dayOf = async () => (await chip('Weed').getAttribute('aria-label'))?.replace(/^.*due /, '') ?? ''
    const day = await dayOf()
    await chip('Weed').focus()
    await chip('Weed').evaluate((element) => {
      for (let presses = 0; presses < 30; presses += 1) {
        element.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'ArrowRight',
            shiftKey: true,
            bubbles: true,
            cancelable: true,
          }),
        )
      }
    })
    await expect.poll(dayOf).not.toBe(day)
    await expect(chip('Weed')).toBeFocused()
    for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(dayOf).toBe(day)
    await page.reload()
    await expect.poll(dayOf).toBe(day)
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
})
