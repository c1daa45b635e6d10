import { TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { addCard, card, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

const BUSY = { type: 'rate_limit_error', message: 'Slow down.' }
const ARCHITECT = { system: 'You are the architect' }

test('a model that is busy is waited for: why and for how long is seen, and a person tries at once, or stops it', async ({
  rangers: { page },
  repo,
  model,
}) => {
  const rules = TWO_ROUNDS.rules ?? []
  const busy = { match: ARCHITECT, times: 1, reply: { error: BUSY, headers: { 'retry-after': '90' } } }
  model.play({ rules: [busy, ...rules] })
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  const state = agents.getByRole('status', { name: 'State of the agents' })

  await test.step('the card and its banner count down', async () => {
    await expect(card(page, 'Mend the sum')).toContainText(
      /Again in (1 m \d+|[78]\d) s: The provider’s rate limit is reached/,
      { timeout: 30_000 },
    )
    await card(page, 'Mend the sum').click()
    await expect(state).toContainText('rate limit is reached; trying again (1 of 8) in ')
    await page.getByRole('link', { name: /^Agents, 1 at work/ }).click()
    await expect(page.getByRole('main', { name: 'Agents' })).toContainText('is reached; trying again…')
    await page.goBack()
    await page.screenshot({ path: test.info().outputPath('waiting.png') })
  })

  await test.step('tried at once, and done', async () => {
    await state.getByRole('button', { name: 'Try now' }).click()
    await expect(card(page, 'Mend the sum')).toContainText('Ready for review', { timeout: 30_000 })
    await expect(state.getByRole('button', { name: 'Try now' })).toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  await test.step('stopped while it waits', async () => {
    model.play({ rules: [busy, ...rules] })
    await addCard(page, 'Backlog', 'Mend it again')
    await dragTo(page, 'Mend it again', 'In progress')
    await card(page, 'Mend it again').click()
    await expect(state).toContainText('trying again (1 of 8)', { timeout: 30_000 })
    await state.getByRole('button', { name: 'Cancel' }).click()
    await expect(card(page, 'Mend it again')).toContainText('Cancelled')
    await expect(state.getByRole('button', { name: 'Resume' })).toBeVisible()
  })
})

test('an account without credit and a model that is not there are told as that, each with what to do about it', async ({
  rangers: { page },
  repo,
  model,
}) => {
  const rules = TWO_ROUNDS.rules ?? []
  const low = 'Your credit balance is too low to access the Anthropic API.'
  const refuse = (type: string, message: string) => ({
    rules: [{ match: ARCHITECT, times: 1, reply: { error: { type, message } } }, ...rules],
  })
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  const state = page.getByRole('status', { name: 'State of the agents' })

  await test.step('without credit', async () => {
    model.play(refuse('invalid_request_error', low))
    await dragTo(page, 'Mend the sum', 'In progress')
    await expect(card(page, 'Mend the sum')).toContainText('has no credit left. Add some', {
      timeout: 30_000,
    })
    await card(page, 'Mend the sum').click()
    await expect(state).toContainText(`It said: ${low}`)
    await expect(state.getByRole('button', { name: 'Open settings' })).toBeVisible()
  })

  await test.step('without the model, which is chosen in the settings of the board', async () => {
    model.play(refuse('not_found_error', 'model: gone-1'))
    await state.getByRole('button', { name: 'Resume' }).click()
    await expect(state).toContainText('This model is not available for your key', { timeout: 30_000 })
    await state.getByRole('button', { name: 'Board settings…' }).click()
    await expect(page.getByRole('dialog', { name: 'Board settings' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('nothing is lost: it goes on where it was', async () => {
    await state.getByRole('button', { name: 'Resume' }).click()
    await expect(card(page, 'Mend the sum')).toContainText('Ready for review', { timeout: 30_000 })
  })
})
