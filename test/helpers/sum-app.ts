import path from 'node:path'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { type ExecutionDetail, isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { makeRepository, temporaryFolder } from './git-fixture.ts'
import { openTestApp, type TestApp } from './test-app.ts'
import { CHECK, SUM_REPOSITORY, TWO_ROUNDS } from './two-rounds.ts'

export const KEY = 'sk-ant-test-0123456789'

/** An app, a model that plays two rounds, and the repository whose sum is wrong, with its board. */
export interface SumApp extends AsyncDisposable {
  app: TestApp
  model: FakeModelServer
  repo: string
  folder: string
}

export interface SumAppOptions {
  scenario?: Scenario
  /** Of the folder of the repository. */
  name?: string
}

export async function openSumApp({
  scenario = TWO_ROUNDS,
  name = 'sum',
}: SumAppOptions = {}): Promise<SumApp> {
  const folder = await temporaryFolder()
  const repo = await makeRepository(path.join(folder.path, name), SUM_REPOSITORY)
  const model = await startFakeModelServer({ scenario })
  const app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY },
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
  return {
    app,
    model,
    repo,
    folder: folder.path,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await model.close()
      await folder.remove()
    },
  }
}

/** The board of the repository, with one card in its backlog. */
export async function openCard({ app, repo }: Pick<SumApp, 'app' | 'repo'>, title = 'Mend the sum') {
  const { board, project } = await app.api.projects.open({ path: repo })
  await app.api.projects.update({ id: project.id, check_command: CHECK })
  const { columns } = await app.api.boards.get({ id: board.id })
  const [backlog, progress, review, done] = columns
  if (!backlog || !progress || !review || !done) throw new Error('no columns')
  const task = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title })
  return { board, project, task, backlog, progress, review, done }
}

/** Follows an execution to its end after a line of its log; gives what happened and what is stored. */
export async function toTheEnd(
  { ctx, api }: TestApp,
  id: ExecutionId,
  after = 0,
  withinMs = 25_000,
): Promise<{ events: ExecutionEventBody[]; end: ExecutionDetail }> {
  const events: ExecutionEventBody[] = []
  for await (const { body } of followExecution(ctx, id, after, AbortSignal.timeout(withinMs))) {
    events.push(body)
    if (body.type === 'status' && !isActive(body.status)) break
  }
  await ctx.orchestrator.settled(id)
  return { events, end: await api.executions.get({ id }) }
}

/** Resolves with the execution when it has come to a status, also one of before; its log tells. */
export async function untilStatus(
  { ctx, api }: TestApp,
  id: ExecutionId,
  status: ExecutionDetail['status'],
  after = 0,
): Promise<ExecutionDetail> {
  for await (const { body } of followExecution(ctx, id, after, AbortSignal.timeout(25_000)))
    if (body.type === 'status' && body.status === status) break
  if (status !== 'running') await ctx.orchestrator.settled(id)
  return api.executions.get({ id })
}

/** What the model was told by those whose system prompt matches, in order. */
export function promptsTo({ model }: SumApp, system: RegExp): string[] {
  return model.requests
    .map(({ body }) => JSON.stringify(body))
    .filter((text) => system.test(text))
    .map((text) => text.replaceAll('\\n', '\n').replaceAll('\\"', '"'))
}
