import type { ElectronApplication } from '@playwright/test'
import { addDays } from '#shared/match-card.ts'
import { addCards, makeBoard, toast } from './fixtures/board.ts'
import { burst, burstBefore, PRESSES } from './fixtures/burst.ts'
import { holdCards, queryDatabase } from './fixtures/database.ts'
import { expect, openWindow, test } from './fixtures/rangers.ts'

/** What the next dialog of the system says; the person presses the button with this name. */
function answerNext(app: ElectronApplication, button: string): Promise<string[]> {
  return app.evaluate(
    ({ dialog }, button) =>
      new Promise<string[]>((resolve) => {
        const original = dialog.showMessageBox
        dialog.showMessageBox = async (...given: unknown[]) => {
          dialog.showMessageBox = original
          const { message, buttons } = given.at(-1) as { message: string; buttons: string[] }
          resolve([message, ...buttons])
          return { response: buttons.indexOf(button), checkboxChecked: false }
        }
      }),
    button,
  )
}

test('a window that cannot save yet asks before it goes, and stays where a change was refused', async ({
  rangers: { app, page },
  folder,
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await page.keyboard.press('v')
  await page.keyboard.press('l')
  const chip = page.getByRole('button', { name: /GAR-\d Weed/ })
  await chip.press('Shift+ArrowRight')
  const saved = async () => {
    const [row] = await queryDatabase(folder, `SELECT due_date::text AS day FROM tasks WHERE title = 'Weed'`)
    return String(row?.day)
  }
  await expect.poll(saved).not.toBe('null')

  const backToNear = async (day: string) => {
    await page.getByRole('radio', { name: 'Months' }).click()
    await chip.focus()
    await page.evaluate(burst('ArrowLeft'))
    await expect.poll(saved).toBe(day)
  }
  await test.step('what is changed right before the page is loaded anew is saved first', async () => {
    const day = await saved()
    const loaded = page.waitForEvent('load')
    await burstBefore(app, page, 'reload')
    await loaded
    expect(await saved()).toBe(addDays(day, PRESSES))
    await backToNear(day)
  })

  for (const [end, button] of [
    ['close', 'Close anyway'],
    ['reload', 'Reload anyway'],
    ['quit', 'Close anyway'],
  ] as const) {
    await test.step(`${end}, and it takes long: “Keep open” keeps the window and what was changed in it`, async () => {
      const held = await holdCards(folder)
      const before = await saved()
      const asked = answerNext(app, 'Keep open')
      await burstBefore(app, page, end)
      expect(await asked).toEqual(['Not everything is saved yet.', 'Keep open', button])
      expect(await saved()).toBe(before)
      const shown = await chip.getAttribute('aria-label')
      await held.release()
      await expect.poll(saved).toBe(addDays(before, PRESSES))
      await expect(chip).toHaveAttribute('aria-label', shown ?? '')
      await expect(chip).toBeFocused()
      await page.evaluate(burst('ArrowLeft'))
      await expect.poll(saved).toBe(before)
    })
  }

  await test.step('“Reload anyway” loads the page with what is saved', async () => {
    const held = await holdCards(folder)
    const loaded = page.waitForEvent('load')
    const asked = answerNext(app, 'Reload anyway')
    await burstBefore(app, page, 'reload')
    await asked
    await loaded
    await held.release()
    await chip.waitFor()
  })

  for (const end of ['close', 'reload', 'quit'] as const) {
    await test.step(`${end}: a refused change keeps the window, which says so`, async () => {
      await chip.focus()
      const held = await holdCards(folder)
      await burstBefore(app, page, end)
      await held.release(`UPDATE tasks SET deleted_at = now() WHERE title = 'Weed'`)
      const told = toast(page, 'was not changed')
      await expect(told).toBeVisible()
      await queryDatabase(folder, `UPDATE tasks SET deleted_at = NULL WHERE title = 'Weed'`)
      await told.getByRole('button', { name: 'Dismiss' }).click()
      await page.reload()
      await chip.waitFor()
    })
  }

  await test.step('“Close anyway” closes it, and the app goes on', async () => {
    await chip.focus()
    const other = await openWindow(app)
    const held = await holdCards(folder)
    const closed = page.waitForEvent('close')
    const asked = answerNext(app, 'Close anyway')
    await burstBefore(app, page, 'close')
    await asked
    await closed
    await held.release()
    await expect(other.getByRole('heading', { level: 1, name: 'Garden' })).toBeVisible()
  })
})
