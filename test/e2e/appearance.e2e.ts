import { makeBoard } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

test('appearance: theme, density, dates and numbers by language, what notifies; kept over a reload and in other windows', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Payments')
  await page.getByRole('link', { name: 'Settings' }).click()
  const section = page.getByRole('region', { name: 'Appearance' })
  const html = page.locator('html')

  await test.step('light and dark hold against the system, which decides again when it is asked to', async () => {
    const scheme = () => html.evaluate((element) => getComputedStyle(element).colorScheme)
    const background = () =>
      page.locator('body').evaluate((element) => getComputedStyle(element).backgroundColor)
    const theme = section.getByRole('radiogroup', { name: 'Theme' })
    await page.emulateMedia({ colorScheme: 'light' })
    const light = await background()
    await theme.getByRole('radio', { name: 'Dark' }).click()
    await expect.poll(scheme).toBe('dark')
    const dark = await background()
    expect(dark).not.toBe(light)
    await page.reload()
    await expect.poll(background).toBe(dark)
    await theme.getByRole('radio', { name: 'Light' }).click()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(background).toBe(light)
    await theme.getByRole('radio', { name: 'System' }).click()
    await expect.poll(background).toBe(dark)
  })

  await test.step('density and language hold at once', async () => {
    await section.getByRole('radio', { name: 'Compact' }).click()
    await expect(html).toHaveAttribute('data-density', 'compact')
    await section.getByRole('button', { name: /^Dates and numbers/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Deutsch (Deutschland)' }).click()
    await expect(section).toContainText('31.12.2026, 14:05 · 12.345,6')
  })

  await test.step('what is told, and where, can be turned off kind by kind', async () => {
    const box = page.getByRole('checkbox', { name: 'A card is due: Desktop' })
    await box.uncheck()
    await page.reload()
    await expect(box).not.toBeChecked()
    await expect(page.getByRole('checkbox', { name: 'A card is due: Inbox' })).toBeChecked()
    await expect(html).toHaveAttribute('data-density', 'compact')
    await expect(section).toContainText('12.345,6')
  })

  await test.step('nothing moves for those who asked the system for that', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Options of Payments' }).click()
    const longest = await page.getByRole('menu').evaluate((menu) =>
      Math.max(
        ...[menu, ...menu.querySelectorAll('*')].flatMap((element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element)
          return [animationDuration, transitionDuration].map((text) => Number.parseFloat(text))
        }),
      ),
    )
    expect(longest).toBeLessThan(0.001)
  })
})
