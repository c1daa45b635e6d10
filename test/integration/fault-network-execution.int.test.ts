import path from 'node:path'
import { expect, test } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { startFakeModelServer } from '../fake-model-server/server.ts'
import { urlOf } from '../helpers/database-url.ts'
import { openFaultyNetwork } from '../helpers/faulty-network.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

test.each(['reset', 'silence'] as const)(
  'agents work on while the network to the database is cut (%s), and nothing of it is lost',
  { timeout: 90_000 },
  async (how) => {
    const folder = await temporaryFolder()
    const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
    const [clear, plan, ...rest] = TWO_ROUNDS.rules ?? []
    const slow = { rules: [{ ...clear }, { ...plan, reply: { text: 'A plan.', delayMs: 500 } }, ...rest] }
    const model = await startFakeModelServer({ scenario: { ...TWO_ROUNDS, ...slow } })
    const delay = async (_ms: number, signal: AbortSignal) => signal.throwIfAborted()
    const options = { credentials: { key: () => KEY }, baseUrl: model.url, delay }
    const providers = createProviders(options)
    try {
      await using near = await openTestApp()
      await using network = await openFaultyNetwork(near.connection)
      const env = { ANTHROPIC_API_KEY: KEY, DATABASE_URL: urlOf(network.connection) }
      await using far = await openTestApp({ beside: near, providers, env })
      const { task } = await openCard({ app: far, repo })
      const { id } = await far.api.executions.start({ task_id: task.id })
      await model.received(2)
      await network.cut(how)
      for await (const state of far.ctx.databaseWatch.follow(AbortSignal.timeout(30_000))) {
        if (state.status === 'lost') break
      }
      await network.mend()
      const { end, events } = await toTheEnd(near, id)
      expect(end.status).toBe('completed')
      expect(new Set(end.steps.map((step) => step.status))).toEqual(new Set(['completed']))
      expect(end.steps.map((step) => step.phase)).toEqual([
        'clarity',
        'architecture',
        'development',
        'review',
        'fix',
        'review',
      ])
      expect(end.steps[1]?.output_content).toBe('A plan.')
      expect(events.filter(({ type }) => type === 'step_finished')).toHaveLength(6)
    } finally {
      await model.close()
      await folder.remove()
    }
  },
)
