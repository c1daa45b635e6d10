import { AxeBuilder } from '@axe-core/playwright'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

const RULES = TWO_ROUNDS.rules ?? []
const UNCLEAR = {
  score: 40,
  summary: 'Which numbers?',
  questions: [
    { kind: 'single_choice', question: 'What about text?', options: ['Convert it', 'Refuse it'] },
    { kind: 'free_text', question: 'Anything else?', options: [] },
  ],
}

test('agents ask before they change files; the person answers in the inbox and on the card, and says it for good', async ({
  start,
  repo,
  model,
}) => {
  model.play({
    rules: [{ match: { system: 'who hands out the work' }, times: 1, reply: { json: UNCLEAR } }, ...RULES],
  })
  const { app, page } = await start({ RANGERS_PERMISSION_MODE: 'ask' })
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')

  await test.step('an unclear card is asked about', async () => {
    await card(page, 'Mend the sum').click()
    const form = page.getByRole('form', { name: 'Questions of the agents' })
    await expect(form).toContainText('40 % clear')
    await form.getByRole('radio', { name: 'Convert it' }).check()
    await form.getByRole('button', { name: 'Send 1 of 2' }).click()
    await expect(form).toBeHidden()
  })

  const inbox = page.getByRole('link', { name: /^Approvals, 1 open/ })
  const question = page.getByRole('article', { name: /^An agent asks/ })
  await test.step('what it waits is told beside the time of its work', async () => {
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await expect(agents.getByRole('list', { name: 'Rounds' })).toContainText(/ · waited \d+ s/, {
      timeout: 30_000,
    })
    await expect(agents.getByRole('definition').nth(1)).toHaveText(/^\d+ s$/)
    await expect(agents.getByRole('term').nth(1)).toHaveText('Waited')
  })

  await test.step('the inbox holds the question, and a refusal reaches the agent', async () => {
    await inbox.click()
    await expect(question.getByRole('region', { name: 'Change' })).toContainText('(a, b) => a + b')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: test.info().outputPath('inbox.png') })
    await question.focus()
    await page.keyboard.press('d')
    await page.getByLabel('What the agent is told (optional)').fill('Only after lunch.')
    await page.keyboard.press('Control+Enter')
  })

  await test.step('closing the last window asks first, and leaves it open when the agents are to go on', async () => {
    await expect(question).toBeVisible({ timeout: 30_000 }) // the agent tries something else
    const said = await app.evaluate(
      ({ BrowserWindow, dialog }) =>
        new Promise<string>((resolve) => {
          const original = dialog.showMessageBox
          dialog.showMessageBox = async (...given: unknown[]) => {
            dialog.showMessageBox = original
            resolve((given.at(-1) as { message: string }).message)
            return { response: 1, checkboxChecked: false }
          }
          BrowserWindow.getAllWindows()[0]?.close()
        }),
    )
    expect(said).toBe('An agent is working.')
    await expect(question).toBeVisible()
  })

  await test.step('what is allowed for good is not asked again', async () => {
    const atWork = page.getByRole('link', { name: /^Agents, / })
    await expect(async () => {
      if (await question.first().isVisible()) {
        await question.first().focus({ timeout: 1_000 }) // one that was answered may be gone by now
        await page.keyboard.press('3')
        await page.keyboard.press('a')
      }
      expect(await atWork.count()).toBe(0)
    }).toPass({ timeout: 60_000 })
    await page.getByRole('radio', { name: 'Answered' }).click()
    await expect(page.getByRole('list', { name: 'Answered questions' })).toContainText('Only after lunch.')
  })

  await test.step('the run comes to its end, and the person has the last word', async () => {
    await page
      .getByRole('navigation', { name: 'Boards and settings' })
      .getByRole('link', { name: /^sum/ })
      .click()
    await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
      timeout: 60_000,
    })
    await card(page, 'Mend the sum').click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await agents.getByRole('textbox', { name: 'Message to the agents' }).fill('Also for three numbers.')
    await agents.getByRole('button', { name: 'Send' }).click()
    await expect(agents.getByRole('list').filter({ hasText: 'Also for three numbers.' })).toBeVisible()
  })
})

const LONG_PLAN = `## Plan\n\nMend \`sum.js\`.\n\n${Array.from({ length: 20 }, (_, at) => `${at + 1}. Look at line ${at + 1}.`).join('\n')}\n\nThe very last word.`

test('a plan is read in the inbox, sent back with words, and carried out once it is approved, all by keyboard', async ({
  start,
  repo,
  model,
}) => {
  const again = { system: 'You are the architect', firstUser: 'Write this plan anew' }
  const plans = [
    { match: again, reply: { text: '## A shorter plan\n\nTurn the **sign**.' } },
    { match: { system: 'You are the architect' }, reply: { text: LONG_PLAN } },
  ]
  model.play({ rules: [...plans, ...RULES.filter(({ name }) => name !== 'ask for changes')] })
  const { page } = await start()
  await openFolder(page, repo)
  await page.getByRole('button', { name: 'Board settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Board settings' })
  await settings.getByRole('tab', { name: 'Agents' }).click()
  await settings.getByRole('checkbox', { name: 'A plan waits for my approval' }).check()
  await page.keyboard.press('Escape')
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')

  const inbox = page.getByRole('link', { name: /^Approvals, 1 open/ })
  const question = page.getByRole('article', { name: /^A plan waits for you/ })
  await test.step('the card says what it waits for', async () => {
    await expect(card(page, 'Mend the sum')).toContainText('Asks for approval', { timeout: 30_000 })
    await expect(card(page, 'Mend the sum')).toContainText('Shall the agents carry out this plan?')
  })

  await test.step('whoever is elsewhere hears of it, and is at the plan by keys alone', async () => {
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /^[A-Z]+-1 Mend the sum waits for you\. Shall the agents carry out/ }),
    ).toContainText('G then Q leads to the approvals.')
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await expect(question).toBeFocused()
    await expect(inbox).toBeVisible()
  })

  await test.step('the plan is read in the inbox, and unfolded', async () => {
    const plan = question.getByRole('region', { name: 'Plan' })
    await expect(plan.getByRole('heading', { name: 'Plan' })).toBeVisible()
    await expect(plan.getByText('The very last word.')).not.toBeInViewport()
    await question.focus()
    await page.keyboard.press('Tab') // to the card
    await page.keyboard.press('Tab')
    await expect(plan.getByRole('button', { name: 'Show the whole plan' })).toBeFocused()
    await page.keyboard.press('Enter')
    await plan.getByText('The very last word.').scrollIntoViewIfNeeded()
    await expect(plan.getByText('The very last word.')).toBeInViewport()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: test.info().outputPath('plan.png') })
  })

  await test.step('going back from a key leaves the question as it was', async () => {
    await question.focus()
    await page.keyboard.press('s')
    await expect(page.getByLabel('Why (optional)')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(question).toBeFocused()
  })

  await test.step('with words of the person the architect plans again', async () => {
    await page.keyboard.press('d')
    const words = page.getByLabel('What is to be different')
    await expect(words).toBeFocused()
    await expect(question.getByRole('button', { name: 'Ask for another plan' })).toBeDisabled()
    await words.fill('Shorter, please.')
    await page.keyboard.press('Control+Enter')
    await expect(question.getByRole('heading', { name: 'A shorter plan' })).toBeVisible({ timeout: 30_000 })
    const asked = model.requests.filter(({ body }) => JSON.stringify(body).includes('Write this plan anew'))
    expect(JSON.stringify(asked.map(({ body }) => body))).toContain('Shorter, please.')
  })

  await test.step('approved, it is carried out', async () => {
    await question.focus()
    await page.keyboard.press('a')
    await expect(question).toBeHidden()
    await page
      .getByRole('navigation', { name: 'Boards and settings' })
      .getByRole('link', { name: /^sum/ })
      .click()
    await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
      timeout: 60_000,
    })
  })
})
