import { join } from 'node:path'
import { runCommand } from '#electron/platform/process.ts'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
import type { ProviderEvent, ProviderHost, StepRequest, StepResult } from '#electron/providers/provider.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { makeRepository, temporaryFolder } from './git-fixture.ts'

export const ANTHROPIC_KEY = 'sk-ant-very-secret'

/** Steps of the Anthropic provider on a repository whose sum is wrong, with a model that plays scenarios. */
export interface AnthropicSteps extends AsyncDisposable {
  folder: string
  workspace: string
  server: FakeModelServer
  events: ProviderEvent[]
  /** What the provider waited between its tries, milliseconds. */
  delays: number[]
  provider(key?: string | null): ReturnType<typeof createAnthropicProvider>
  request(more?: Partial<StepRequest>): StepRequest
  host(signal?: AbortSignal): ProviderHost
  /** Runs a step to its end. */
  play(scenario: Scenario, more?: Partial<StepRequest>, signal?: AbortSignal): Promise<StepResult>
  spoken(): string
  /** The tools that have ended, by title and status. */
  tools(): [string, string][]
  retries(): Extract<ProviderEvent, { type: 'retry' }>[]
  lastToolResult(at: number): unknown
}

export async function openAnthropicSteps(): Promise<AnthropicSteps> {
  const { path: folder, remove } = await temporaryFolder()
  const workspace = await makeRepository(join(folder, 'work space'), {
    'src/sum.js': 'export const sum = (a, b) => a - b\n',
    'README.md': 'Sums.\n',
  })
  const server = await startFakeModelServer()
  const events: ProviderEvent[] = []
  const delays: number[] = []
  let ids = 0
  const steps: AnthropicSteps = {
    folder,
    workspace,
    server,
    events,
    delays,
    provider: (key = ANTHROPIC_KEY) =>
      createAnthropicProvider({
        credentials: async () => (key === null ? null : { apiKey: key, baseUrl: server.url }),
        newId: () => `m${++ids}`,
        delay: async (ms, signal) => {
          delays.push(ms)
          signal.throwIfAborted()
        },
        random: () => 0,
      }),
    request: (more = {}) => ({
      executionId: 'e1',
      phase: 'development',
      iteration: 1,
      system: 'You are a developer.',
      prompt: 'Mend the sum.',
      workspace,
      tools: 'edit',
      checkCommand: 'cat src/sum.js',
      limits: { maxTurns: 8, idleMs: 2000, maxRetries: 2, maxRetryDelayMs: 5000 },
      ...more,
    }),
    host: (signal = new AbortController().signal) => ({
      signal,
      emit: (event) => events.push(event),
      runCommand: (command, commandSignal) =>
        runCommand({
          command,
          cwd: workspace,
          instanceId: 'i1',
          executionId: 'provider-test',
          timeoutMs: 20_000,
          signal: commandSignal,
        }),
    }),
    play(scenario, more = {}, signal) {
      server.play(scenario)
      return steps.provider().run(steps.request(more), steps.host(signal))
    },
    spoken: () => events.flatMap((event) => (event.type === 'text' ? [event.delta] : [])).join(''),
    tools: () =>
      events.flatMap((event): [string, string][] =>
        event.type === 'tool' && event.status !== 'running' ? [[event.title, event.status]] : [],
      ),
    retries: () => events.flatMap((event) => (event.type === 'retry' ? [event] : [])),
    lastToolResult: (at) => server.requests[at]?.body?.messages.at(-1)?.content,
    async [Symbol.asyncDispose]() {
      await server.close()
      await remove()
    },
  }
  return steps
}
