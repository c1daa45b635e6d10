import type { Page } from '@playwright/test'
import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { card, expect, openWindow, test } from './fixtures/rangers.ts'

const chooseInPalette = async (page: Page, text: string) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('what was done is undone from wherever the window is by then', async ({ rangers: { app, page } }) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig', 'Water'])

  await test.step('the message of a card that was deleted works on another board', async () => {
    await card(page, 'Dig').focus()
    await page.keyboard.press('Delete')
    await expect(toast(page, 'moved to the trash')).toBeVisible()
    await makeBoard(page, 'Kitchen')
    await toast(page, 'moved to the trash').getByRole('button', { name: 'Undo' }).click()
    await expect(toast(page, 'Undone: deleted GAR-1')).toBeVisible()
    await page.getByRole('link', { name: 'Garden' }).first().click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig', 'Water'])
  })

  await test.step('a board that was deleted comes back by the key, and a renamed one has its name again', async () => {
    await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Options of Kitchen' }).click()
    await page.getByRole('menuitem', { name: 'Delete board' }).click()
    await expect(toast(page, '“Kitchen” moved to the trash')).toBeVisible()
    await expect(page.getByRole('main').getByText('Kitchen')).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('main').getByText('Kitchen')).toBeVisible()
    await page.keyboard.press('Control+Shift+z')
    await expect(page.getByRole('main').getByText('Kitchen')).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('main').getByText('Kitchen')).toBeVisible()
  })

  await test.step('templates that were saved and deleted', async () => {
    await page.getByRole('link', { name: 'Garden' }).first().click()
    await chooseInPalette(page, 'save board as')
    await page.getByLabel('Name of the template').fill('Beds')
    await page.keyboard.press('Enter')
    await expect(toast(page, '“Beds” is a template now')).toBeVisible()
    await chooseInPalette(page, 'templates…')
    const own = page.getByRole('list', { name: 'Templates', exact: true }).getByRole('listitem')
    await page.getByRole('button', { name: 'Delete Beds' }).click()
    await expect(own).toHaveCount(0)
    await page.keyboard.press('Escape')
    await card(page, 'Dig').focus()
    await page.keyboard.press('Control+z')
    await expect(toast(page, 'Undone: deleted the template Beds')).toBeVisible()
    await chooseInPalette(page, 'templates…')
    await expect(own).toHaveText([/Beds/])
  })

  await test.step('what another window has changed meanwhile stays, which is said; the rest is undone', async () => {
    await page.keyboard.press('Escape')
    const other = await openWindow(app)
    const question = page.getByRole('alertdialog', { name: 'This has changed meanwhile' })
    await card(page, 'Dig').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('p')
    await page.keyboard.type('urgent')
    await page.keyboard.press('Enter')
    await expect(card(other, 'Water').getByLabel('Urgent')).toBeVisible()
    await card(other, 'Water').focus()
    await other.keyboard.press('p')
    await other.keyboard.type('low')
    await other.keyboard.press('Enter')
    await expect(card(page, 'Water').getByLabel('Low')).toBeVisible()

    await page.keyboard.press('Control+z')
    await expect(question.getByRole('listitem')).toHaveText(/^GAR-2: priority, changed by you\./)
    await question.getByRole('button', { name: 'Leave it' }).click()
    await expect(card(page, 'Dig').getByLabel('Urgent')).toBeVisible()
    await page.keyboard.press('Control+z')
    await question.getByRole('button', { name: 'Undo the other card' }).click()
    await expect(card(other, 'Dig').getByLabel('Urgent')).toHaveCount(0)
    await expect(card(other, 'Water').getByLabel('Low')).toBeVisible()
    await expect(card(page, 'Water').getByLabel('Low')).toBeVisible()
  })
})

test('labels that were merged come apart again, and a label is made for several cards at once', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig', 'Water'])
  await card(page, 'Dig').focus()
  await page.keyboard.press('Control+a')
  for (const name of ['outside', 'heavy']) {
    await page
      .getByRole('toolbar', { name: 'Selected cards' })
      .getByRole('button', { name: 'Labels…' })
      .click()
    await page.keyboard.type(name)
    await page.getByRole('option', { name: `New label “${name}”` }).click()
    await expect(page.getByRole('article').getByText(name)).toHaveCount(2)
  }
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Board settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Board settings' })
  await dialog.getByRole('tab', { name: /Labels/ }).click()
  await dialog.getByRole('button', { name: 'Options of heavy' }).click()
  await page.getByRole('menuitem', { name: 'Merge into another label…' }).click()
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(page.getByRole('article').getByText('heavy')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('article').getByText('heavy')).toHaveCount(2)
  await expect(page.getByRole('article').getByText('outside')).toHaveCount(2)
})
