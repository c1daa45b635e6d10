import type { Page } from '@playwright/test'
import { addCards, makeBoard, titlesIn } from './fixtures/board.ts'
import { card, expect, test } from './fixtures/rangers.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })
const field = (page: Page) => page.getByRole('combobox')
/** What Enter would choose, as a screen reader is told. */
const active = (page: Page) => page.getByRole('option', { selected: true })

test('everything is done from the palette by keyboard alone', async ({ rangers: { page } }) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig the pond', 'Water the roses', 'Weed'])

  await test.step('an action is found by a few letters and done', async () => {
    await page.keyboard.press('Control+k')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('new card')
    await expect(active(page)).toHaveText(/^New card/)
    await expect(active(page)).toContainText('C')
    await page.keyboard.press('Enter')
    await expect(palette(page)).toHaveCount(0)
    await expect(page.getByLabel(/^Title of the new card in/)).toBeFocused()
    await page.keyboard.type('Prune')
    await page.keyboard.press('Enter')
    await card(page, 'Prune').waitFor()
    await page.keyboard.press('Escape')
  })

  await test.step('the focused card is moved on a page of its own, Escape goes back and then out', async () => {
    await card(page, 'Weed').focus()
    await page.keyboard.press('Control+k')
    await expect(palette(page)).toContainText('GAR-3 Weed')
    await page.keyboard.type('move to')
    await expect(active(page)).toHaveText(/^Move to column…/)
    await page.keyboard.press('Enter')
    const moving = page.getByRole('dialog', { name: 'Move to column…' })
    await expect(moving.getByRole('option', { name: 'Backlog' })).toHaveAttribute('aria-checked', 'true')
    await page.keyboard.press('Escape')
    await expect(palette(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(card(page, 'Weed')).toBeFocused()

    await page.keyboard.press('m')
    await expect(moving).toBeVisible()
    await page.keyboard.type('rev')
    await page.keyboard.press('Enter')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Weed'])
    await expect(card(page, 'Weed')).toBeFocused()
  })

  await test.step('a priority is set', async () => {
    await page.keyboard.press('p')
    await page.keyboard.type('urgent')
    await page.keyboard.press('Enter')
    await expect(card(page, 'Weed').getByRole('img', { name: 'Urgent' })).toBeVisible()
  })

  await test.step('a card is found by title and by key', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('pond')
    await expect(active(page)).toContainText('Dig the pond')
    await field(page).fill('gar-2')
    await expect(active(page)).toContainText('Water the roses')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Water the roses' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Water the roses' })).toHaveCount(0)
  })

  await test.step('it says when nothing fits, and what was used last goes first', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('qqqq')
    await expect(palette(page).getByRole('status')).toHaveText('Nothing fits “qqqq”.')
    await field(page).fill('')
    await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option').first()).toHaveText(
      /^Move to column/,
    )
    await page.keyboard.press('Control+k')
    await expect(palette(page)).toHaveCount(0)
  })

  await test.step('it opens from a field and above a dialog, which gives way to what is chosen', async () => {
    await page.keyboard.press('c')
    await expect(page.getByLabel(/^Title of the new card in/)).toBeFocused()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('new board')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'New board' })
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('settings')
    await expect(active(page)).toHaveText(/^Settings/)
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  await test.step('boards are gone to by presses in a row', async () => {
    await makeBoard(page, 'Kitchen')
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.keyboard.type('gard')
    await expect(active(page)).toContainText('Garden')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Garden' })).toBeVisible()
  })
})

test('a shortcut is changed, a conflict is told and settled, and all of it outlives the window', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  const actions = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  const recorder = (name: string) => page.getByRole('dialog', { name: `Keys for “${name}”` })

  await test.step('from the help page to the settings', async () => {
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await help.getByLabel('Search shortcuts').fill('new card')
    await expect(help.getByText('New card')).toBeVisible()
    await expect(help.getByText('Edit title')).toHaveCount(0)
    await help.getByRole('button', { name: 'Change shortcuts…' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Keyboard shortcuts' })).toBeVisible()
  })

  await test.step('keys that nobody has', async () => {
    await page.getByLabel('Search shortcuts').fill('new card')
    await page.getByRole('button', { name: 'Change C of New card' }).click()
    await expect(recorder('New card').getByLabel('Press the keys for New card')).toBeFocused()
    await page.keyboard.press('n')
    await page.keyboard.press('w')
    await expect(recorder('New card').getByRole('status')).toHaveText('N then W')
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.keyboard.press('Enter')
    await expect(recorder('New card')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Change N of New card' })).toBeVisible()
  })

  await test.step('keys that another action has are swapped', async () => {
    await page.getByLabel('Search shortcuts').fill('title')
    await page.getByRole('button', { name: 'Change E of Edit title' }).click()
    await page.keyboard.press('n')
    await expect(recorder('Edit title').getByRole('status')).toContainText('N is taken by “New card”.')
    await page.getByRole('button', { name: 'Swap' }).click()
    await expect(page.getByRole('button', { name: 'Change N of Edit title' })).toBeVisible()
  })

  await test.step('or taken away', async () => {
    await page.getByLabel('Search shortcuts').fill('')
    await page.getByRole('button', { name: 'Add keys for Rename board' }).click()
    await page.keyboard.press('n')
    await page.getByRole('button', { name: 'Use here only' }).click()
    await expect(actions('Edit title')).toContainText('None')
  })

  await test.step('they hold on the board, after a reload, and are shown', async () => {
    await page.reload()
    await page.getByRole('link', { name: /^Garden/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Garden' }).waitFor()
    await page.keyboard.press('c')
    await page.keyboard.press('e')
    await expect(page.getByLabel(/^Title of the new card in/)).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await expect(page.getByLabel('Name of the board')).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('rename board')
    await expect(active(page)).toHaveText(/^Rename board.*N$/)
    await page.keyboard.press('Escape')
  })

  await test.step('one is reset, then all', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByRole('link', { name: 'Change…' }).click()
    await page.getByRole('button', { name: 'Reset Edit title' }).click()
    await expect(page.getByText('Also the keys of “New card”')).toBeVisible()
    await page.getByRole('button', { name: 'Reset all' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reset all' }).click()
    await expect(page.getByRole('button', { name: 'Change C of New card' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Reset all' })).toBeDisabled()
    await expect(page.getByText('Also the keys of')).toHaveCount(0)
  })
})
