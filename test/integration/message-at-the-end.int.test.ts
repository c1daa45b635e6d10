import path from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { expect, it } from 'vitest'
import type { Provider } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { HTTP_AGENT, withProvider } from '../helpers/http-agent.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

it('a message that comes in the moment of the end is heard: the agents go on with it', async () => {
  await using folder = await disposable(temporaryFolder())
  const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  const prompts: string[] = []
  let finish = () => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  await using app = await openTestApp({
    providers: withProvider(createProviders({ credentials: { key: () => KEY } }), agent(prompts, done)),
  })
  const { board, task, project } = await openCard({ app, repo })
  await app.api.projects.update({ id: project.id, check_command: null })
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  const begin = { task_id: task.id, workflow_type: 'quick_development', provider: HTTP_AGENT } as const
  const { id } = await app.api.executions.start(begin)
  await expect.poll(() => prompts.length, { timeout: 20_000 }).toBe(2)

  // Whoever changes the board now waits in turn: first the end of the run, then the message.
  const waiting = async () => {
    const { rows } = await app.ctx.db.execute<{ count: number }>(
      sql`select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
    return rows[0]?.count
  }
  const holder = new pg.Client(app.connection)
  await holder.connect()
  await holder.query('begin')
  await holder.query('select from boards where id = $1 for no key update', [board.id])
  finish()
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
  const sent = app.api.executions.sendMessage({ execution_id: id, body: 'Name it total.' })
  await expect.poll(waiting, { timeout: 20_000 }).toBe(2)
  await holder.query('commit')
  await holder.end()

  await sent
  await expect.poll(() => prompts.at(-1), { timeout: 20_000 }).toContain('Name it total.')
  await toTheEnd(app, id, (await app.api.executions.get({ id })).last_sequence).catch(() => null)
})

function agent(prompts: string[], done: Promise<void>): Provider {
  return {
    id: HTTP_AGENT,
    status: async () => ({ id: HTTP_AGENT, name: 'x', available: true, message: 'x', is_demo: false }),
    async run({ phase, prompt }) {
      prompts.push(prompt)
      if (phase === 'review') await done
      const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
      const text = '{"status":"APPROVED","summary":"Good.","findings":[]}'
      return { status: 'completed', text, turns: 1, usage, costUsd: 0, model: null }
    },
  }
}

async function disposable(made: Promise<{ path: string; remove: () => Promise<void> }>) {
  const { path, remove } = await made
  return { path, [Symbol.asyncDispose]: remove }
}
