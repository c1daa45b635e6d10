import { isAbsolute, relative, sep } from 'node:path'
import type { SessionNotification, ToolCallContent, ToolCallUpdate } from '@agentclientprotocol/sdk'
import { ToolKind } from '#shared/execution-event.ts'
import { LONGEST_DIFF, patchOf } from '../patch.ts'
import type { ProviderEvent, ProviderHost } from '../provider.ts'

type ToolEvent = Extract<ProviderEvent, { type: 'tool' }>

/** Of a tool's output, characters from the end. */
const LONGEST_OUTPUT = 40_000
/** Of one step; what waits to be stored is held in memory, and an agent may talk faster than any disk writes. Characters. */
const MOST_TOLD = 100_000_000
/** An agent's word above this is no cost; the month's budget of a board adds it up. US dollars. */
const MOST_COST_USD = 10_000
/** What an event costs besides its texts. */
const EVENT_COST = 300

interface UpdatesOptions {
  workspace: string
  /** As it is named where costs are told. */
  model: string
  newId: () => string
  emit: ProviderHost['emit']
  /** What a terminal of ours has printed; null when there is none of this id. */
  outputOf: (terminalId: string) => string | null
}

/**
 * Turns what an agent tells into events. Updates of a tool are partial: each event tells the whole of what is known.
 * Remembers what the end of the step is judged by.
 */
export class AgentUpdates {
  /** Of the last message; each begins when something else came before it. */
  lastText = ''
  /** Tools of this turn, and text, since the last denial: whether the agent went on after it. */
  hasActed = false
  /** What the agent says that it cost so far, dollars. */
  costUsd: number | null = null
  /** Nothing is told while an earlier conversation is played back. */
  isReplaying = false
  readonly #options: UpdatesOptions
  readonly #tools = new Map<string, ToolEvent>()
  #text: { type: 'text' | 'thinking'; messageId: string; theirId: string | null } | null = null
  #told = 0

  constructor(options: UpdatesOptions) {
    this.#options = options
  }

  /** Whether a tool is under way: then silence is no sign of trouble. */
  get isToolRunning(): boolean {
    return [...this.#tools.values()].some((tool) => tool.status === 'running')
  }

  /** What comes next answers something new. */
  beginTurn(): void {
    this.hasActed = false
    this.lastText = ''
    this.#text = null
  }

  /** What is told of a tool so far; undefined when nothing is. */
  tool(id: string): ToolEvent | undefined {
    return this.#tools.get(id)
  }

  take({ update }: SessionNotification): void {
    if (this.isReplaying) return
    switch (update.sessionUpdate) {
      case 'agent_message_chunk':
        if (update.content.type === 'text') this.#say('text', update.content.text, update.messageId)
        return
      case 'agent_thought_chunk':
        if (update.content.type === 'text') this.#say('thinking', update.content.text, update.messageId)
        return
      case 'tool_call':
      case 'tool_call_update':
        this.upsertTool(update)
        return
      case 'plan':
        this.#tell({
          type: 'plan',
          entries: update.entries
            .slice(0, 200)
            .map(({ content, status }) => ({ text: content.slice(0, 2000), status })),
        })
        return
      case 'usage_update':
        if (update.cost?.currency === 'USD') this.#tellCost(update.cost.amount)
        return
      default:
        return // commands, modes and titles are nothing that a card shows
    }
  }

  upsertTool(update: ToolCallUpdate, status?: ToolEvent['status']): ToolEvent {
    this.#text = null
    const before = this.#tools.get(update.toolCallId)
    if (!before) this.hasActed = true
    const output = this.#outputOf(update.content)
    const diff = this.#diffOf(update.content) || before?.diff
    const event: ToolEvent = {
      type: 'tool',
      id: update.toolCallId,
      name: update.name ?? before?.name ?? kindOf(update.kind) ?? 'tool',
      kind: kindOf(update.kind) ?? before?.kind ?? 'other',
      title: (update.title || before?.title || update.toolCallId).slice(0, 500),
      paths: update.locations?.map(({ path }) => this.pathOf(path)) ?? before?.paths ?? [],
      status: statusAfter(before, status ?? statusOf(update.status)),
      ...(diff ? { diff } : {}),
      ...(output || before?.output ? { output: output || before?.output || '' } : {}),
    }
    if (this.#told <= MOST_TOLD) this.#tools.set(event.id, event)
    this.#tell(event)
    return event
  }

  /** Tools that an ended agent left open did not finish. */
  endTools(): void {
    for (const tool of this.#tools.values()) {
      if (tool.status === 'running') this.upsertTool({ toolCallId: tool.id }, 'failed')
    }
  }

  /** Relative to the workspace with forward slashes; as it is when it lies outside. */
  pathOf(path: string): string {
    if (!isAbsolute(path)) return path
    const within = relative(this.#options.workspace, path)
    return within.startsWith('..') || isAbsolute(within) ? path : within.split(sep).join('/')
  }

  /** Of a flood the beginning is kept, and that there was more. */
  #tell(event: ProviderEvent): void {
    if (this.#told > MOST_TOLD && event.type !== 'usage') return
    this.#told += lengthOf(event) + EVENT_COST
    if (this.#told <= MOST_TOLD) this.#options.emit(event)
    else if (event.type === 'usage') this.#options.emit(event)
    else
      this.#options.emit({
        type: 'notice',
        level: 'warn',
        text: 'It says too much: the rest of this step is not kept.',
      })
  }

  /** Its own word: budgets are held by it where nothing better is known. */
  #tellCost(amount: number): void {
    // What was paid does not come back, and nobody pays so much for a step.
    const costUsd = Math.min(Math.max(amount, this.costUsd ?? 0, 0), MOST_COST_USD)
    this.costUsd = costUsd
    const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
    this.#tell({ type: 'usage', usage, costUsd, model: this.#options.model })
  }

  #say(type: 'text' | 'thinking', delta: string, theirId: string | null | undefined): void {
    if (!delta) return
    if (this.#text?.type !== type || this.#text.theirId !== (theirId ?? null)) {
      this.#text = { type, messageId: this.#options.newId(), theirId: theirId ?? null }
      if (type === 'text') this.lastText = ''
    }
    if (type === 'text') {
      this.lastText = `${this.lastText}${delta}`.slice(-1_000_000)
      this.hasActed = true
    }
    this.#tell({ type, messageId: this.#text.messageId, delta })
  }

  #diffOf(content: readonly ToolCallContent[] | null | undefined): string {
    const parts = (content ?? []).map((part) =>
      part.type === 'diff' ? patchOf(this.pathOf(part.path), part.oldText ?? '', part.newText) : '',
    )
    return parts.filter(Boolean).join('\n').slice(0, LONGEST_DIFF)
  }

  #outputOf(content: readonly ToolCallContent[] | null | undefined): string {
    const parts = (content ?? []).map((part) => {
      if (part.type === 'terminal') return this.#options.outputOf(part.terminalId) ?? ''
      if (part.type === 'diff') return ''
      return part.content.type === 'text' ? part.content.text : `[${part.content.type}]`
    })
    const text = parts.filter(Boolean).join('\n')
    return text.length > LONGEST_OUTPUT ? `…${text.slice(-LONGEST_OUTPUT)}` : text
  }
}

function lengthOf(event: ProviderEvent): number {
  switch (event.type) {
    case 'text':
    case 'thinking':
      return event.delta.length
    case 'tool':
      return event.title.length + (event.output?.length ?? 0) + (event.diff?.length ?? 0)
    case 'plan':
      return event.entries.reduce((all, { text }) => all + text.length, 0)
    default:
      return 0
  }
}

function kindOf(kind: string | null | undefined): ToolKind | undefined {
  const parsed = ToolKind.safeParse(kind)
  return parsed.success ? parsed.data : undefined
}

/** A refusal is ours; that the agent then calls it failed does not change what it was. */
function statusAfter(
  before: ToolEvent | undefined,
  told: ToolEvent['status'] | undefined,
): ToolEvent['status'] {
  return before?.status === 'denied' ? 'denied' : (told ?? before?.status ?? 'running')
}

function statusOf(status: string | null | undefined): ToolEvent['status'] | undefined {
  if (status === 'completed') return 'done'
  if (status === 'failed') return 'failed'
  return status ? 'running' : undefined
}
