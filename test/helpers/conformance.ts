import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { runCommand } from '#electron/platform/process.ts'
import { findTagged } from '#electron/platform/process-table.ts'
import { TAG_NAMES } from '#electron/platform/process-tree.ts'
import type {
  ProcessHost,
  Provider,
  ProviderEvent,
  ProviderHost,
  StepRequest,
  StepResult,
  ToolAnswer,
  ToolAsk,
} from '#electron/providers/provider.ts'
import type { AgentPhase } from '#shared/execution.ts'
import type { FakeModelServer } from '../fake-model-server/server.ts'
import { makeRepository } from './git-fixture.ts'
import { testProcessHost } from './test-process-host.ts'

/** A provider under test, and how its model asks for the same things. */
export interface Subject {
  name: string
  /** `folder` is empty, for what the provider keeps. */
  provider(server: FakeModelServer, folder: string): Promise<Provider>
  /** The tool call that writes a file. */
  write(path: string, text: string): { name: string; input: Record<string, unknown> }
  /** The tool call that runs a command for ten minutes. */
  sleep(): { name: string; input: Record<string, unknown> }
  /** False: its words are its own and no service answers it. Default: true. */
  asksModel?: boolean
  /** It differs from another subject in how it tells failures, and in nothing else. */
  onlyItsFailures?: boolean
  /** Starts what it needs for a step without a process of its own. */
  spawnInProcess?: ProcessHost['spawn']
  /** Failures that it calls something else, or gets over (`completed`), by the name of the case. */
  kinds?: Partial<Record<string, string>>
  /** Whether its refusing model also calls tools: those of Claude Code are then run at the next turn. Default: true. */
  refusesWithTools?: boolean
  /** How many steps the machine bears at once. Default: one for each phase. */
  atOnce?: number
  /** Limit of silence for its steps, milliseconds; that of a test about silence is its own. */
  idleMs?: number
}

export interface Played {
  result: StepResult
  events: ProviderEvent[]
  asks: ToolAsk[]
  /** What each of them would do to files, as the person is shown it. */
  changes: (string | null)[]
  workspace: string
  /** Tags of the execution that still run. */
  left: number
  elapsedMs: number
}

export interface PlayOptions {
  phase?: AgentPhase
  /** Called before the step begins. */
  before?: (workspace: string) => Promise<void> | void
  more?: Partial<StepRequest>
  /** Joined to the host. */
  host?: Partial<ProviderHost>
  /** Gives what takes the place of how processes are started. */
  spawn?: (
    start: ProcessHost['spawn'],
    step: { executionId: string; workspace: string; stop: AbortController },
  ) => ProcessHost['spawn']
  decide?: (ask: ToolAsk, signal: AbortSignal) => Promise<ToolAnswer>
  /** Called when the step has begun, with what ends it. */
  meanwhile?: (stop: AbortController, played: { events: ProviderEvent[]; asks: ToolAsk[] }) => Promise<void>
}

/** Long enough for a machine that is busy with something else. */
const IDLE_MS = 10_000
let count = 0
/** By folder: git makes it once, each step has a copy. */
const templates = new Map<string, Promise<string>>()

/** One step of a provider in a repository of its own, with all that a host lends. */
export async function playStep(
  subject: Subject,
  server: FakeModelServer,
  folder: string,
  options: PlayOptions = {},
): Promise<Played> {
  count += 1
  const executionId = `conformance-${process.pid}-${count}`
  const workspace = join(folder, `work ${count}`)
  await cp(await templateIn(folder), workspace, { recursive: true })
  await options.before?.(workspace)
  const provider = await subject.provider(server, join(folder, 'agents'))
  const phase = options.phase ?? 'development'
  const isEdit = phase === 'development' || phase === 'fix'
  const events: ProviderEvent[] = []
  const asks: ToolAsk[] = []
  const changes: (string | null)[] = []
  const stop = new AbortController()
  const decide = options.decide ?? (async () => ({ allow: true as const }))
  const { spawn } = testProcessHost(executionId, workspace)
  const host: ProviderHost = {
    signal: stop.signal,
    emit: (event) => events.push(event),
    runCommand: (command, signal) =>
      runCommand({ command, cwd: workspace, instanceId: 'i', executionId, timeoutMs: 60_000, signal }),
    decide: async (ask, signal) => {
      changes.push((await ask.change?.()) ?? null)
      // Last, so that who has seen it knows that it is being decided.
      asks.push(ask)
      return decide(ask, signal)
    },
    spawn: options.spawn?.(spawn, { executionId, workspace, stop }) ?? spawn,
    gateway: async () => ({ baseUrl: server.url, token: 'token-of-this-execution' }),
    ...options.host,
  }
  const request: StepRequest = {
    executionId,
    phase,
    iteration: 1,
    system: 'You work on a repository.',
    prompt: '<task>\nT-1: Mend the sum\n</task>',
    workspace,
    tools: isEdit ? 'edit' : 'read-only',
    checkCommand: isEdit ? 'sleep 600' : null,
    limits: { maxTurns: 8, idleMs: subject.idleMs ?? IDLE_MS, maxRetries: 0, maxRetryDelayMs: 1000 },
    ...options.more,
  }
  const began = performance.now()
  const running = provider.run(request, host)
  await options.meanwhile?.(stop, { events, asks })
  const asked = performance.now()
  const result = await running
  const elapsedMs = performance.now() - (options.meanwhile ? asked : began)
  const left = (await findTagged(TAG_NAMES.executionId, executionId)).length
  return { result, events, asks, changes, workspace, left, elapsedMs }
}

function templateIn(folder: string): Promise<string> {
  const made = templates.get(folder) ?? makeRepository(join(folder, 'template'), { 'README.md': 'Sums.\n' })
  templates.set(folder, made)
  return made
}

/** Waits for something that a running step does; the test's own time limit ends it. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(10)
}

export async function readOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}

/** What each way to end has in common. */
export function expectSound({ result, left }: Played): void {
  expect(left).toBe(0)
  expect(['completed', 'cancelled', 'failed']).toContain(result.status)
  if (result.status === 'failed') expect(result.failure?.message).toMatch(/^[A-Z].{20,}/s)
}
