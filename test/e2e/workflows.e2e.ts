import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { boxOf, drag, makeBoard, toast } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

const step = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}`), expanded: false })

test('a workflow is made of one of the app’s, changed by keyboard, seen as a graph, and started by a column', async ({
  rangers: { page },
}) => {
  const status = page.getByRole('main').locator('span[role="status"]')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await makeBoard(page, 'Flow')

  await test.step('those of the app are shown and stay as they are', async () => {
    await page.getByRole('link', { name: 'Workflows' }).click()
    await expect(page.getByRole('img', { name: /as a graph, 3 steps/ })).toBeVisible()
    await expect(page.getByLabel('Name of the workflow')).not.toBeEditable()
    await page.getByRole('button', { name: 'Duplicate' }).click()
    await expect(page.getByLabel('Name of the workflow')).toHaveValue('Development 2')
  })

  await test.step('a step is added, and what is wrong is said at its place', async () => {
    await page.getByLabel('Name of the workflow').fill(' ')
    await expect(status).toHaveText('Give the workflow a name')
    await page.getByLabel('Name of the workflow').fill('With a gate')
    await page.getByRole('button', { name: 'Add a step to the workflow' }).press('Enter')
    await page.getByRole('menuitem', { name: /^Condition/ }).click()
    await expect(page.getByRole('alert')).toContainText('Nothing happens either way')
    await expect(save).toBeDisabled()
    await page.getByRole('button', { name: 'Add a step to If so in Condition' }).click()
    await page.getByRole('menuitem', { name: /^Your decision/ }).click()
    await page.getByLabel('Question').fill(' ')
    await expect(page.getByRole('alert')).toContainText('Nothing is asked here')
    await expect(save).toBeDisabled()
    await page.getByLabel('Question').fill('Shall it be merged?')
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(status).toHaveText('Not saved yet')
  })

  await test.step('steps move by keyboard, and changes are undone', async () => {
    await step(page, 'Condition').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    const order = () =>
      page
        .getByRole('list', { name: 'the workflow' })
        .locator(':scope > li > div > [data-step]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-step')))
    await expect.poll(order).toEqual(['condition', 'architecture', 'rounds'])
    await expect(page.getByRole('alert')).toContainText('Nobody changes files before this')
    await page.keyboard.press('ControlOrMeta+z')
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(order).toEqual(['architecture', 'rounds', 'condition'])
  })

  await test.step('steps are dragged within their list', async () => {
    const inner = page.getByRole('list', { name: 'Steps in Rounds' })
    const names = () => inner.locator('[data-step]').evaluateAll((all) => all.map((one) => one.dataset.step))
    const grip = (index: number) =>
      inner.locator(':scope > li').nth(index).locator('span[aria-hidden]').first()
    const [from, to] = [await boxOf(grip(1)), await boxOf(grip(0))]
    await drag(page, grip(1), { x: from.x + 5, y: to.y + 4 })
    await expect.poll(names).toEqual(['review', 'development'])
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(names).toEqual(['development', 'review'])
  })

  await test.step('what is not saved stays when the page is left', async () => {
    await page
      .getByRole('link', { name: 'All boards' })
      .or(page.getByRole('link', { name: 'Boards', exact: true }))
      .first()
      .click()
    await page.goBack()
    await expect(status).toHaveText('Not saved yet')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: test.info().outputPath('editor.png') })
    await save.click()
    await expect(toast(page, 'Saved as version 2')).toBeVisible()
    await page.getByRole('button', { name: 'Versions' }).click()
    await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem').first()).toContainText(
      'Version 2 · now',
    )
    await page.keyboard.press('Escape')
  })

  await test.step('a column starts it', async () => {
    await page
      .getByRole('navigation', { name: 'Boards and settings' })
      .getByRole('link', { name: /Flow/ })
      .click()
    await page.getByRole('button', { name: 'Options of Backlog' }).click()
    await page
      .getByRole('menuitem', { name: /With a gate/ })
      .or(page.getByRole('menuitemcheckbox', { name: /With a gate/ }))
      .click()
    await page.getByRole('button', { name: 'Options of Backlog' }).click()
    await expect(page.getByRole('menuitemcheckbox', { name: /With a gate/ })).toBeChecked()
    await page.keyboard.press('Escape')
  })

  await test.step('an archived one is brought back', async () => {
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.getByRole('link', { name: /^With a gate/ }).click()
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await toast(page, '“With a gate” was archived').getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible()
  })
})
