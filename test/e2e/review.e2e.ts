import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

test('a person comments on a line of the result, and another round begins with it', async ({
  rangers: { page },
  repo,
}) => {
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 60_000,
  })
  await card(page, 'Mend the sum').click()
  await page.getByRole('tab', { name: /Changes/ }).click()
  const file = page.getByRole('region', { name: 'sum.js' })

  await test.step('by keyboard, to a line that is named', async () => {
    await file.getByRole('button', { name: 'Comment on sum.js' }).press('Enter')
    await file.getByRole('textbox', { name: 'Line' }).fill('1')
    await file.getByRole('textbox', { name: 'Your comment' }).fill('Say what it returns for nothing.')
    await page.keyboard.press('Control+Enter')
    // Under its line, and not above the file.
    await expect(file.getByRole('table').getByRole('list', { name: 'Comments to be sent' })).toContainText(
      'Line 1',
    )
  })

  await test.step('by the mouse, at the number of the line; one is taken back', async () => {
    const number = file.locator('.diff-gutter-insert').last()
    await number.hover()
    await expect
      .poll(() => number.evaluate((cell) => getComputedStyle(cell, '::before').content))
      .toContain('+')
    await number.click()
    await file.getByRole('textbox', { name: 'Your comment' }).fill('Never mind.')
    await page.reload()
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(file.getByRole('list', { name: 'Comments to be sent' })).toContainText('Line 1')
    await expect(file.getByRole('textbox', { name: 'Your comment' })).toHaveValue('Never mind.')
    await file.getByRole('button', { name: 'Add comment' }).click()
    await expect(page.getByText('2 comments not sent yet')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('comments.png') })
    await file.getByRole('button', { name: 'Remove this comment' }).last().click()
  })

  await test.step('what is not sent yet is edited by keyboard, also after the window was loaded anew', async () => {
    // Under its line: it stands above the file until that is read.
    const said = file.getByRole('table').getByRole('list', { name: 'Comments to be sent' })
    await said.getByRole('button', { name: 'Edit this comment' }).press('Enter')
    const form = said.getByRole('form', { name: 'Edit comment: Line 1, sum.js' })
    const field = form.getByRole('textbox', { name: 'Your comment' })
    await expect(field).toBeFocused()
    await page.keyboard.type(' And for one number.')
    await page.reload()
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(field).toHaveValue('Say what it returns for nothing. And for one number.')
    await field.press('Control+Enter')
    await expect(said).toContainText('And for one number.')
    await expect(said.getByRole('button', { name: 'Edit this comment' })).toBeFocused()
  })

  await test.step('sent, the agents go on with it', async () => {
    await page.getByRole('button', { name: 'Request changes', exact: true }).click()
    await page.getByRole('tab', { name: 'Overview' }).click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await expect(agents.getByRole('list', { name: 'Rounds' }).getByText('Round 3')).toBeVisible({
      timeout: 30_000,
    })
    await agents.getByRole('button', { name: 'Review A person Changes requested' }).click()
    await expect(agents).toContainText('Say what it returns for nothing. And for one number.')
  })
})
