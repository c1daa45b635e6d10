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
  const { page } = await start({ RANGERS_PERMISSION_MODE: 'ask' })
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
  await test.step('the inbox holds the question, and a refusal reaches the agent', async () => {
    await inbox.click()
    await expect(question).toContainText('sum.js')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: test.info().outputPath('inbox.png') })
    await question.focus()
    await page.keyboard.press('d')
    await page.getByLabel('What the agent is told (optional)').fill('Only after lunch.')
    await page.keyboard.press('Control+Enter')
  })

  await test.step('what is allowed for good is not asked again', async () => {
    const atWork = page.getByRole('link', { name: /^Agents, / })
    await expect
      .poll(
        async () => {
          if (await question.first().isVisible()) {
            await question.first().focus()
            await page.keyboard.press('3')
            await page.keyboard.press('a')
          }
          return atWork.count()
        },
        { timeout: 60_000 },
      )
      .toBe(0)
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
