import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { card, dragTo, expect, test } from './fixtures/rangers.ts'

test('board settings: labels are made, changed, merged and deleted; rules of columns refuse moves', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Payments')
  await addCards(page, 'Backlog', ['One'])
  const dialog = page.getByRole('dialog', { name: 'Board settings' })
  const open = async (part: string | RegExp) => {
    await page.getByRole('button', { name: 'Board settings' }).click()
    await dialog.getByRole('tab', { name: part }).click()
  }
  const labels = dialog.getByRole('list', { name: 'Labels' })

  await test.step('labels', async () => {
    await open('Labels')
    await expect(dialog).toContainText('No labels yet')
    const name = dialog.getByLabel('Name of the new label')
    for (const label of ['bug', 'idea', 'defect']) {
      await name.fill(label)
      await name.press('Enter')
      await expect(labels.getByRole('button', { name: `Rename ${label}` })).toBeVisible()
    }
    await name.fill('Bug')
    await name.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText('This board has a label “bug” already.')
    await name.fill('')
    await labels.getByRole('button', { name: 'Rename idea' }).click()
    await dialog.getByLabel('Name of idea').fill('feature')
    await page.keyboard.press('Enter')
    await expect(labels.getByRole('button', { name: 'Rename feature' })).toBeVisible()
    await labels.getByRole('button', { name: 'Colour of feature' }).click()
    await page.getByRole('button', { name: 'Green' }).click()
    await labels.getByRole('button', { name: 'Options of defect' }).click()
    await page.getByRole('menuitem', { name: 'Merge into another label…' }).click()
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(labels.getByRole('listitem')).toHaveCount(2)
    await labels.getByRole('button', { name: 'Options of bug' }).click()
    await page.getByRole('menuitem', { name: 'Delete label' }).click()
    await expect(labels.getByRole('listitem')).toHaveCount(1)
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await expect(labels.getByRole('listitem')).toHaveCount(2)
    await page.keyboard.press('Escape')
  })

  await test.step('rules of columns', async () => {
    await open('Column rules')
    await expect(dialog.getByRole('status')).toHaveText('Every move is allowed.')
    const box = dialog.getByRole('checkbox', { name: 'From Backlog to Review' })
    await box.focus()
    await page.keyboard.press('Space')
    await expect(box).toBeChecked()
    await expect(dialog.getByRole('status')).toContainText('1 move is allowed.')
    await expect(dialog.getByRole('status')).toContainText('Cards cannot leave “In progress”, “Review”.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(toast(page, 'The rules of the columns were saved')).toBeVisible()
    await dragTo(page, 'One', 'Done')
    await expect(card(page, 'One')).toBeVisible()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['One'])
    await dragTo(page, 'One', 'Review')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['One'])
    await open('Column rules')
    await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(1)
    await dialog.getByRole('button', { name: 'Allow all' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dragTo(page, 'One', 'Done')
    await expect.poll(() => titlesIn(page, 'Done')).toEqual(['One'])
  })
})
