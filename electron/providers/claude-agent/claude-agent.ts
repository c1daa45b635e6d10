import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ModelOffer, ProviderStatus } from '#shared/provider.ts'
import { OutputTail } from '../../platform/output-tail.ts'
import { failureSentence } from '../acp/failure-words.ts'
import { openAgentHome, removeAgentHome } from '../agent-home.ts'
import { missingWorkspace } from '../missing-workspace.ts'
import type { CardAccess, HostProcess, Provider, ProviderHost, StepRequest, StepResult } from '../provider.ts'
import { AGENT_PATIENCE, aborted, TOOL_PATIENCE, watchSilence } from '../silence.ts'
import { boardServer } from './board-tools.ts'
import type { FoundSdk } from './find-sdk.ts'
import { Inbox } from './inbox.ts'
import { AgentMessages, Result } from './messages.ts'
import { type Access, environmentOf, modelOf, permissionsFor, safeOptions } from './options.ts'
import { failed, judge, NAME, NOTHING } from './outcome.ts'
import { type AgentQuery, loadSdk } from './sdk.ts'
import { LateProcess } from './spawned.ts'
import { ToldUsage } from './told-usage.ts'

export interface ClaudeAgentOptions {
  /** Where it may be installed and keeps its settings, absolute. */
  folder: string
  find: () => Promise<FoundSdk | null>
  /** Whether the gateway has a key; else the person's own login is used, and costs are estimates. */
  hasKey: () => boolean
  models: (signal: AbortSignal) => Promise<ModelOffer[]>
  newId: () => string
}

const ON_DEMAND = 'Claude Code, through the Claude Agent SDK: installed on demand, for Agent Rangers only.'
const MISSING =
  'The Claude Agent SDK is not installed. Install it in Settings, under Agents, or choose another agent.'
/** An agent that was asked to stop gets so long to say so, milliseconds. */
const CANCEL_MS = 2000
/** Calls in a row that cannot be read: asking on costs money and mends nothing. */
const MOST_UNREADABLE = 3

/** Claude Code through the Claude Agent SDK: found on the machine or installed on demand, never shipped. */
export function createClaudeAgentProvider(options: ClaudeAgentOptions): Provider {
  return {
    id: 'claude-agent',
    async status(): Promise<ProviderStatus> {
      const found = await options.find()
      const by = options.hasKey() ? 'with your API key' : 'with your own login'
      const message = found ? `Claude Code ${found.version}, ${by}.` : ON_DEMAND
      return { id: 'claude-agent', name: NAME, available: found !== null, message, is_demo: false }
    },
    models: options.models,
    async run(request, host) {
      try {
        host.signal.throwIfAborted()
        return await runStep(options, request, host)
      } catch (error) {
        if (host.signal.aborted) return { ...NOTHING, status: 'cancelled' }
        const said = error instanceof Error ? error.message : String(error)
        return failed('crashed', failureSentence(NAME, 'crashed', said))
      }
    },
  }
}

async function runStep(
  options: ClaudeAgentOptions,
  request: StepRequest,
  host: ProviderHost,
): Promise<StepResult> {
  // The SDK takes a folder that is not there for a broken installation.
  const missing = await missingWorkspace(request.workspace)
  if (missing !== null) return failed('workspace', missing)
  const found = await options.find()
  if (!found || !host.spawn) return failed('not_installed', MISSING)
  const gateway = options.hasKey() && host.gateway ? await host.gateway() : null
  const configFolder = await openAgentHome(join(options.folder, 'claude-agent-home'), request)
  const access = { gateway, configFolder }
  const result = await runQuery({ options, request, host, found, access, spawn: host.spawn })
  if (result.status === 'completed') await removeAgentHome(configFolder)
  return { ...result, costIsEstimate: gateway === null }
}

interface Work {
  options: ClaudeAgentOptions
  request: StepRequest
  host: ProviderHost
  found: FoundSdk
  access: Access
  spawn: NonNullable<ProviderHost['spawn']>
}

async function runQuery(work: Work): Promise<StepResult> {
  const { options, request, host, found, access } = work
  const sdk = await loadSdk(found.file)
  const messages = new AgentMessages({
    workspace: request.workspace,
    newId: options.newId,
    emit: (event) => host.emit(event),
  })
  const waiting = { open: 0 }
  const errors = new OutputTail(8 * 1024)
  const processes: Promise<HostProcess>[] = []
  const env = await environmentOf(request, access)
  const abortController = new AbortController()
  const model = modelOf(request, access)
  const inbox = new Inbox(promptOf(request))
  const card = cardOf(host)
  host.signal.throwIfAborted()
  const query = sdk.query({
    prompt: inbox.messages(),
    options: {
      ...safeOptions(request),
      ...(model ? { model } : {}),
      ...(found.program ? { pathToClaudeCodeExecutable: found.program } : {}),
      ...(card ? { mcpServers: { board: boardServer(sdk, card) } } : {}),
      env,
      abortController,
      canUseTool: permissionsFor(request, host, messages, waiting),
      spawnClaudeCodeProcess: ({ command, args, cwd }) => {
        const started = start(work, { command, args, cwd: cwd ?? request.workspace, env }, errors)
        processes.push(started)
        return new LateProcess(started)
      },
    },
  })
  const silence = new AbortController()
  const watchdog = watchSilence(silence, request.limits.idleMs, () => {
    if (waiting.open > 0 || messages.sessionId === null) return Number.POSITIVE_INFINITY
    return messages.isToolRunning ? TOOL_PATIENCE : AGENT_PATIENCE
  })
  const used = new ToldUsage()
  const take = (message: unknown) => {
    watchdog.alive()
    messages.take(message)
    if (!used.take(message) || access.gateway) return // the gateway counts better
    const { usage, costUsd } = used
    host.emit({ type: 'usage', usage, costUsd, model: messages.model ?? model ?? 'claude' })
  }
  const reading = readAll(query, { messages, inbox, host, take })
  try {
    const end = await Promise.race([
      reading,
      aborted(silence.signal).then(() => 'silent' as const),
      aborted(host.signal).then(async () => {
        const stopping = query.interrupt().catch(() => {})
        await Promise.race([stopping.then(() => reading).catch(() => {}), wait(CANCEL_MS)])
        return 'cancelled' as const
      }),
    ]).catch((error: unknown) => error)
    return judge(end, { host, messages, model, errors, used })
  } finally {
    watchdog.stop()
    inbox.close()
    abortController.abort()
    messages.endTools()
    await Promise.allSettled(processes.map(async (process) => (await process).kill()))
    await Promise.race([reading.catch(() => {}), wait(CANCEL_MS)])
  }
}

async function start(
  { request, spawn, access }: Work,
  program: { command: string; args: string[]; cwd: string; env: Record<string, string> },
  errors: OutputTail,
): Promise<HostProcess> {
  const { command, args, cwd, env } = program
  const login = access.gateway ? [] : [join(homedir(), '.claude'), join(homedir(), '.claude.json')]
  const process = await spawn(command, args, {
    env,
    cwd,
    writable: [access.configFolder, ...login],
    mayEdit: request.tools === 'edit',
  })
  process.stderr.on('data', (chunk: Buffer | string) => errors.push(Buffer.from(chunk)))
  return process
}

/** The last result; each turn that people added something to has one of its own. Or that what comes cannot be read. */
async function readAll(
  query: AgentQuery,
  parts: { messages: AgentMessages; inbox: Inbox; host: ProviderHost; take: (message: unknown) => void },
): Promise<Result | 'unreadable' | null> {
  const { messages, inbox, host, take } = parts
  let last = null as Result | null
  let remembered: string | null = null
  try {
    for await (const message of query) {
      take(message)
      if (messages.unreadable >= MOST_UNREADABLE) return 'unreadable'
      if (messages.sessionId !== null && messages.sessionId !== remembered) {
        remembered = messages.sessionId
        await host.rememberSession?.(remembered)
      }
      const result = Result.safeParse(message)
      if (!result.success) continue
      last = { ...result.data, num_turns: (last?.num_turns ?? 0) + result.data.num_turns }
      await sayMore(inbox, host, result.data)
    }
  } catch (error) {
    if (last === null) throw error // after an error result the iterator throws as well: the result says more
  }
  return last
}

/** What people have said meanwhile; when that is nothing, it was the last turn. */
async function sayMore(inbox: Inbox, host: ProviderHost, { is_error }: Result): Promise<void> {
  const said = is_error || host.signal.aborted ? [] : ((await host.takeMessages?.()) ?? [])
  if (said.length === 0) inbox.close()
  else inbox.say(said.map(({ author, body }) => `Message from ${author}:\n${body}`).join('\n\n'))
}

function promptOf({ prompt, outputSchema }: StepRequest): string {
  if (!outputSchema) return prompt
  return `${prompt}\n\nYour last message must be one JSON object that follows this JSON schema, and nothing else:\n${JSON.stringify(outputSchema)}`
}

function cardOf(host: ProviderHost): CardAccess | null {
  const { readCard, commentOnCard } = host
  return readCard && commentOnCard ? { readCard, commentOnCard } : null
}
