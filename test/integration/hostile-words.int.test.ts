import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BoardQuery } from '#shared/board-query.ts'
import { CardTemplate } from '#shared/template.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { refusalOf } from '../helpers/factories.ts'
import { KEY, openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

const HALVED = CardTemplate.parse({ title: 'a\ud83d' })

/** Text that the database, or nobody, should be given. */
let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

async function runWith(rule: NonNullable<Scenario['rules']>[number], check?: string) {
  sum.model.play({ rules: [rule, ...(TWO_ROUNDS.rules ?? [])] })
  const { task, project } = await openCard(sum)
  if (check) await sum.app.api.projects.update({ id: project.id, check_command: check })
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  return toTheEnd(sum.app, id)
}

describe('what jsonb cannot hold does not end a run', () => {
  it('NUL in the path of a tool', async () => {
    const view = {
      name: 'str_replace_based_edit_tool',
      input: { command: 'view', path: 'a\u0000b.js' },
    }
    const { end } = await runWith({ match: { system: 'architect', turn: 0 }, reply: { tools: [view] } })
    expect(end.error_message).toBe(null)
    expect(end.status).toBe('completed')
  })

  it('NUL in a finding', async () => {
    const finding = {
      severity: 'major',
      file: 'sum.js\u0000',
      line: 1,
      finding: 'A \u0000 byte.',
      suggestion: null,
    }
    const json = { status: 'CHANGES_REQUESTED', summary: 'NUL \u0000', findings: [finding] }
    const { end } = await runWith({ match: { system: 'You are the reviewer' }, times: 1, reply: { json } })
    expect(end.error_message).toBe(null)
    const review = end.steps.find(({ phase }) => phase === 'review')
    expect(review?.verdict?.findings[0]?.finding).toBe('A \ufffd byte.')
  })

  it('a long output that is cut within a character', async () => {
    const check = `node -e "console.log('x' + '\u{1F600}'.repeat(12000))"; node -e "console.log('\u{1F600}'.repeat(12000))"`
    const { end, events } = await runWith(
      { match: { system: 'Carry', turn: 0 }, reply: { tools: [{ name: 'run_check', input: {} }] } },
      check,
    )
    expect(end.error_message).toBe(null)
    expect(events.some((event) => event.type === 'tool' && event.output?.includes('\u{1F600}'))).toBe(true)
  })

  it('a summary that is cut within a character', async () => {
    const { end } = await runWith({
      match: { system: 'architect' },
      reply: { text: `x${'\u{1F600}'.repeat(400)}` },
    })
    expect(end.error_message).toBe(null)
  })
})

it('a service that repeats the key in its refusal does not spread it', async () => {
  const { end, events } = await runWith({
    reply: { error: { type: 'authentication_error', status: 401, message: `Incorrect key: ${KEY}` } },
  })
  expect(end).toMatchObject({ status: 'failed', failure_kind: 'auth' })
  expect(JSON.stringify([end, events])).not.toContain(KEY)
})

it('NUL, or half of a character, in what a person typed is refused with a sentence', async () => {
  const { board, task } = await openCard(sum)
  const { api } = sum.app
  const calls = [
    () => api.tasks.update({ id: task.id, title: 'a\u0000b' }),
    () => api.tasks.update({ id: task.id, description: 'a\u0000b' }),
    () => api.boards.update({ id: board.id, name: 'a\u0000b' }),
    () => api.boards.update({ id: board.id, settings: { model: 'a\u0000b' } }),
    () => api.boards.update({ id: board.id, settings: { model: 'a\ud83d' } }),
    () => api.views.create({ board_id: board.id, name: 'Half', query: BoardQuery.parse({ text: '\ud83d' }) }),
    () => api.templates.create({ kind: 'card', board_id: board.id, name: 'Half', content: HALVED }),
  ]
  for (const call of calls) expect((await refusalOf(call())).code).toBe('BAD_REQUEST')
})
