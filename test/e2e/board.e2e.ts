import {
  addCards,
  announcement,
  boxOf,
  columnNames,
  drag,
  dropBeside,
  makeBoard,
  titlesIn,
  toast,
} from './fixtures/board.ts'
import { card, column, dragTo, expect, test } from './fixtures/rangers.ts'

test('boards, columns and cards are made, renamed and thrown away, and each throw is undone', async ({
  rangers: { page },
}) => {
  const undo = (what: string) => toast(page, what).getByRole('button', { name: 'Undo' }).click()
  await makeBoard(page, 'Garden')

  await test.step('cards', async () => {
    await addCards(page, 'Backlog', ['Dig', 'Water', 'Weed'])
    await card(page, 'Dig').focus()
    await page.keyboard.press('e')
    await page.getByLabel(/^Title of/).fill('Dig deeper')
    await page.keyboard.press('Enter')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig deeper', 'Water', 'Weed'])

    await card(page, 'Water').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig deeper', 'Weed'])
    await undo('GAR-2 moved to the trash')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig deeper', 'Water', 'Weed'])
  })

  await test.step('columns', async () => {
    await page.getByRole('button', { name: 'Add column' }).click()
    await page.getByLabel('Name of the new column').fill('Someday')
    await page.keyboard.press('Enter')
    await expect(column(page, 'Someday')).toBeVisible()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Options of Someday' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the column').fill('One day')
    await page.keyboard.press('Enter')
    await expect(column(page, 'One day')).toBeVisible()

    await page.getByRole('button', { name: 'Options of Backlog' }).click()
    await page.getByRole('menuitem', { name: 'Delete column' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('It holds 3 cards')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete column' }).click()
    await expect(column(page, 'Backlog')).toBeHidden()
    await undo('“Backlog” moved to the trash')
    await expect
      .poll(() => columnNames(page))
      .toEqual(['Backlog', 'In progress', 'Review', 'Done', 'One day'])
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig deeper', 'Water', 'Weed'])
  })

  await test.step('boards', async () => {
    const boards = page.getByRole('list', { name: 'Boards' })
    await page.getByRole('button', { name: 'Options of Garden' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the board').fill('Orchard')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Orchard' })).toBeVisible()
    await expect(boards.getByRole('link', { name: 'Orchard, 3 cards' })).toBeVisible()

    await page.getByRole('button', { name: 'Options of Orchard' }).click()
    await page.getByRole('menuitem', { name: 'Delete board' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete board' }).click()
    await expect(page.getByRole('button', { name: 'Try the sample' })).toBeVisible()
    await expect(page.getByText('No boards yet.')).toBeVisible()
    await undo('“Orchard” moved to the trash')
    await boards.getByRole('link', { name: 'Orchard, 3 cards' }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig deeper', 'Water', 'Weed'])
  })
})

test('cards and columns are moved by mouse and keyboard, and the order stays', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Plans')
  await addCards(page, 'Backlog', ['One', 'Two', 'Three', 'Four'])

  await test.step('by mouse', async () => {
    await dropBeside(page, 'One', 'below', 'Three')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Two', 'Three', 'One', 'Four'])
    await dropBeside(page, 'Four', 'above', 'Two')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Four', 'Two', 'Three', 'One'])
    await dragTo(page, 'Three', 'Review')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Three'])
    await dropBeside(page, 'One', 'above', 'Three')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['One', 'Three'])

    const review = await boxOf(column(page, 'Review'))
    const handle = page.getByRole('group', { name: /^Column Done/ })
    await drag(page, handle, { x: review.x + 20, y: review.y + 20 })
    await expect.poll(() => columnNames(page)).toEqual(['Backlog', 'In progress', 'Done', 'Review'])
  })

  await test.step('by keyboard, with words for the screen reader', async () => {
    const says = (text: string) => expect(announcement(page)).toHaveText(text)
    await card(page, 'Four').focus()
    await page.keyboard.press('Space')
    await says('PLA-4 picked up. It is in Backlog, position 1.')
    await page.keyboard.press('ArrowDown')
    await says('PLA-4 is over Backlog, position 2.')
    await page.keyboard.press('Space')
    await says('PLA-4 dropped in Backlog, position 2.')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Two', 'Four'])

    await card(page, 'Two').focus()
    await page.keyboard.press('Space')
    await says('PLA-2 picked up. It is in Backlog, position 1.')
    await page.keyboard.press('ArrowRight')
    await says('PLA-2 is over In progress, which starts agents, position 1.')
    await page.keyboard.press('ArrowRight')
    await says('PLA-2 is over Done, position 1.')
    await page.keyboard.press('Escape')
    await says('PLA-2 stays where it was.')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Two', 'Four'])
  })

  await test.step('after a reload', async () => {
    await page.reload()
    await expect.poll(() => columnNames(page)).toEqual(['Backlog', 'In progress', 'Done', 'Review'])
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Two', 'Four'])
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['One', 'Three'])
  })
})
