import { columnNames, titlesIn, toast } from './fixtures/board.ts'
import { card, expect, test } from './fixtures/rangers.ts'

test('boards and cards begin with a template, and become one', async ({ rangers: { page } }) => {
  const dialog = page.getByRole('dialog')

  await test.step('a board is made of a template that is shown first', async () => {
    await page.getByRole('button', { name: 'New board' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Bugs')
    await expect(dialog.getByRole('list', { name: 'Columns of the template' })).toContainText('In progress')
    await dialog.getByRole('button', { name: /^Template:/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Bug triage' }).click()
    await expect(dialog.getByRole('list', { name: 'Columns of the template' })).toContainText('Confirmed')
    await dialog.getByRole('button', { name: 'Create board' }).click()
    await expect
      .poll(() => columnNames(page))
      .toEqual(['Reported', 'Confirmed', 'Fixing', 'Verify', 'Closed'])
  })

  await test.step('a card begins with a template of its board', async () => {
    await page.keyboard.press('c')
    await page.getByLabel('Title of the new card in Reported').fill('Sum is wrong #crash')
    await expect(dialog.getByRole('status', { name: 'What the card gets' })).toContainText('Crash')
    await dialog.getByRole('button', { name: /^Template:/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Bug report' }).click()
    await dialog.getByRole('button', { name: 'Add card' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => titlesIn(page, 'Reported')).toEqual(['Sum is wrong'])
    await expect(card(page, 'Sum is wrong').getByLabel('Medium')).toBeVisible()
  })

  await test.step('a card and a board are saved as templates, renamed and deleted', async () => {
    await card(page, 'Sum is wrong').focus()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('save card as')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Name of the template').fill('Wrong sum')
    await page.keyboard.press('Enter')
    await expect(toast(page, '“Wrong sum” is a template now')).toBeVisible()

    await page.getByRole('button', { name: 'Options of the board' }).click()
    await page.getByRole('menuitem', { name: 'Save as template…' }).click()
    await dialog.getByLabel('Name of the template').fill('Our bugs')
    await page.keyboard.press('Enter')
    await expect(toast(page, '“Our bugs” is a template now')).toBeVisible()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('templates…')
    await page.keyboard.press('Enter')
    const own = page.getByRole('list', { name: 'Templates', exact: true }).getByRole('listitem')
    await page.getByRole('button', { name: 'Rename Our bugs' }).click()
    await page.getByLabel('Name of the template').fill('Team bugs')
    await page.keyboard.press('Enter')
    await expect(own.filter({ hasText: 'Team bugs' })).toContainText('Board with 5 columns')
    await page.getByRole('button', { name: 'Delete Wrong sum' }).click()
    await expect(own.filter({ hasText: 'Wrong sum' })).toHaveCount(0)
  })
})
