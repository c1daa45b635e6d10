import path from 'node:path'
import { expect, it } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { followActivity } from '#electron/services/activity.ts'
import type { Activity } from '#shared/activity.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

it('the feed tells what agents do in their name, and what people make of it in theirs', async () => {
  const folder = await temporaryFolder()
  const app = await openTestApp({
    providers: createProviders({
      credentials: { key: () => null },
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
  try {
    const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
    await app.api.settings.updatePreferences({ display_name: 'Zoë' })
    const { board } = await app.api.projects.open({ path: repo })
    const { columns } = await app.api.boards.get({ id: board.id })
    const start = columns.find((column) => column.is_start_column)
    if (!start) throw new Error('no column')
    const task = await app.api.tasks.create({ board_id: board.id, column_id: start.id, title: 'Mend' })
    const run = await app.api.executions.start({
      task_id: task.id,
      workflow_type: 'architecture_only',
      provider: 'scripted',
    })
    const of = { boardId: board.id, taskId: task.id, lastEventId: '0' }
    const lines: Activity[] = []
    for await (const line of followActivity(app.ctx, of, AbortSignal.timeout(25_000))) {
      lines.push(line)
      if (line.event_type === 'workflow_complete') break
    }
    await app.ctx.orchestrator.settled(run.id)
    await app.api.executions.discard({ id: run.id })
    const [last] = await app.api.activity.list({ board_id: board.id, limit: 1 })
    if (last) lines.push(last)
    const card = `${board.key}-1 “Mend”`
    const told = lines.map(({ actor, message }) => `${actor.type} ${actor.name} ${message}`)
    expect(told).toEqual([
      `person Zoë created ${card} in Backlog`,
      `person Zoë asked Demo agent to work on ${card}`,
      `agent Demo agent moved ${card} from Backlog to In progress`,
      `agent Demo agent started work on ${card}`,
      `agent Demo agent moved ${card} from In progress to Review`,
      `agent Demo agent finished the plan for ${card}`,
      `person Zoë discarded the result of ${card}`,
    ])
    const records = await app.api.audit.list({ entity_id: run.id })
    expect(records.map(({ action, actor }) => `${actor.type} ${action}`).reverse()).toEqual([
      'person execute',
      'agent update',
      'agent update',
      'person discard',
    ])
  } finally {
    await app[Symbol.asyncDispose]()
    await folder.remove()
  }
})
