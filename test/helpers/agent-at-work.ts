import path from 'node:path'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ApprovalItem } from '#shared/approval.ts'
import type { BoardSettings } from '#shared/board.ts'
import { type ExecutionDetail, isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Rule } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { makeRepository, temporaryFolder } from './git-fixture.ts'
import { openTestApp, type TestApp } from './test-app.ts'
import { APPROVED } from './two-rounds.ts'

interface ToolUse {
  name: string
  input: unknown
}

/** An app whose model does what a test says: one repository, one board, one card. */
export interface AgentAtWork extends AsyncDisposable {
  app: TestApp
  model: FakeModelServer
  repo: string
  folder: string
  /** Starts a developer that uses these tools, one a turn, and a reviewer that uses those and then approves. */
  start(
    developer: ToolUse[],
    options?: { reviewer?: ToolUse[]; settings?: BoardSettings; title?: string; description?: string },
  ): Promise<ExecutionId>
  /** The oldest question in the inbox, once there is one. */
  question(): Promise<ApprovalItem>
  end(id: ExecutionId): Promise<{ execution: ExecutionDetail; events: ExecutionEventBody[] }>
  /** What the model was told, as text. */
  told(): string
}

export async function openAgentAtWork(options: {
  files?: Record<string, string>
  env?: Record<string, string>
}): Promise<AgentAtWork> {
  const folder = await temporaryFolder()
  const repo = await makeRepository(path.join(folder.path, 'repo'), { 'a.txt': 'a\n', ...options.files })
  const model = await startFakeModelServer()
  const app = await openTestApp({
    env: { ANTHROPIC_API_KEY: 'sk-ant-test-0123456789', ...options.env },
    providers: createProviders({
      credentials: { key: () => 'sk-ant-test-0123456789' },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
  const turns = (tools: ToolUse[], last: object): Rule['turns'] => [
    ...tools.map((tool) => ({ tools: [tool] })),
    last,
  ]
  return {
    app,
    model,
    repo,
    folder: folder.path,
    async start(developer, { reviewer = [], settings = {}, title = 'Mend', description } = {}) {
      model.play({
        rules: [
          { match: { system: 'You are the reviewer' }, turns: turns(reviewer, { json: APPROVED }) },
          { turns: turns(developer, { text: 'Done.' }) },
        ],
      })
      const { board } = await app.api.projects.open({ path: repo })
      await app.api.boards.update({
        id: board.id,
        settings: { ...board.settings, clarity: false, ...settings },
      })
      const { columns } = await app.api.boards.get({ id: board.id })
      const [column] = columns
      if (!column) throw new Error('no column')
      const task = await app.api.tasks.create({
        board_id: board.id,
        column_id: column.id,
        title,
        ...(description ? { description } : {}),
      })
      return (await app.api.executions.start({ task_id: task.id, workflow_type: 'quick_development' })).id
    },
    async question() {
      for await (const { pending } of await app.api.approvals.onChange()) {
        const [item] = pending > 0 ? await app.api.approvals.list({}) : []
        if (item) return item
      }
      throw new Error('nothing was asked')
    },
    async end(id) {
      const events: ExecutionEventBody[] = []
      for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000))) {
        events.push(body)
        if (body.type === 'status' && !isActive(body.status)) break
      }
      await app.ctx.orchestrator.settled(id)
      return { execution: await app.api.executions.get({ id }), events }
    },
    told: () => JSON.stringify(model.requests.map((request) => request.body?.messages)),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await model.close()
      await folder.remove()
    },
  }
}
