import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk'
import type { ToolKind } from '#shared/execution-event.ts'
import { OutsideWorkspaceError, resolveInside } from '../../workspaces/confine.ts'
import { editPatch } from '../edit-patch.ts'
import type { ProviderHost, StepRequest, ToolAnswer, ToolAsk } from '../provider.ts'
import type { AgentUpdates } from './updates.ts'

/** What changes nothing. Searching the web tells others what is worked on, so it is asked about. */
const LOOKS: ReadonlySet<ToolKind> = new Set(['read', 'search', 'think'])
const CHANGES: ReadonlySet<ToolKind> = new Set(['edit', 'delete', 'move'])

/**
 * Answers an agent's questions, by the policy or a person. What was allowed once is not asked a second time when the
 * agent then has us do it: it names files and command lines in both.
 */
export class Permissions {
  /** Refusals since the agent last went on. */
  refusal: string | null = null
  /** Questions that are open: while somebody thinks about them, silence is no sign of trouble. */
  open = 0
  readonly #granted = new Set<string>()
  readonly #request: StepRequest
  readonly #host: ProviderHost
  readonly #updates: AgentUpdates

  constructor(request: StepRequest, host: ProviderHost, updates: AgentUpdates) {
    this.#request = request
    this.#host = host
    this.#updates = updates
  }

  /** Always once: an agent that was told "always" stops asking. */
  async answer(
    { toolCall, options }: RequestPermissionRequest,
    signal: AbortSignal,
  ): Promise<RequestPermissionResponse> {
    const tool = this.#updates.upsertTool(toolCall)
    const command = commandIn(toolCall.rawInput)
    const paths = [
      ...new Set([...tool.paths, ...pathsIn(toolCall.rawInput).map((path) => this.#updates.pathOf(path))]),
    ]
    const [path = null] = paths
    const answer = await this.decide(
      {
        id: tool.id,
        tool: tool.name,
        kind: tool.kind,
        title: tool.title,
        detail: command ?? (paths.join('\n') || textOf(toolCall.rawInput)),
        paths,
        change: async () => {
          if (tool.diff || path === null) return tool.diff ?? null
          return editPatch(toolCall.rawInput, this.#request.workspace, path)
        },
      },
      signal,
    )
    if (answer.allow) this.#grant(tool.kind, command, paths)
    else this.#updates.upsertTool({ toolCallId: tool.id }, 'denied')
    const kind = answer.allow ? 'allow_once' : 'reject_once'
    const option = options.find((one) => one.kind === kind)
    return { outcome: option ? { outcome: 'selected', optionId: option.optionId } : { outcome: 'cancelled' } }
  }

  /**
   * As `decide`, but a path or command line that the agent was allowed already is, once. Rejects when the step was stopped.
   */
  async decideOnce(ask: ToolAsk, grant: string, signal: AbortSignal): Promise<ToolAnswer> {
    const answer = this.#granted.delete(grant) ? { allow: true as const } : await this.decide(ask, signal)
    this.#host.signal.throwIfAborted()
    return answer
  }

  /** What was allowed is an act of one kind: a file that may be looked at may not be written, and a thought runs nothing. */
  #grant(kind: ToolKind, command: string | null, paths: readonly string[]): void {
    if (kind === 'edit') for (const path of paths) this.#granted.add(`path:${path}`)
    if (kind === 'execute' && command) this.#granted.add(`command:${command}`)
  }

  async decide(ask: ToolAsk, signal: AbortSignal): Promise<ToolAnswer> {
    const answer = await this.#decide(ask, signal)
    if (!answer.allow) {
      this.refusal = answer.message
      this.#updates.hasActed = false
    }
    return answer
  }

  /** Why a file of the workspace may not be read; null: it may. Looking at what no rule refuses is asked of nobody. */
  async readRefusal(path: string, signal: AbortSignal): Promise<string | null> {
    const refused = await this.#host.refused?.([path], AbortSignal.any([signal, this.#host.signal]))
    return refused?.has(path) ? `A rule of this board refuses “${path}”.` : null
  }

  /** Why a path is not the agent's to change: nobody is asked about that. Links are followed. */
  async #outside(paths: readonly string[]): Promise<string | null> {
    for (const path of paths) {
      try {
        await resolveInside(this.#request.workspace, path)
      } catch (error) {
        return error instanceof OutsideWorkspaceError ? error.message : `${path} cannot be looked at.`
      }
    }
    return null
  }

  async #decide(ask: ToolAsk, signal: AbortSignal): Promise<ToolAnswer> {
    if (this.#request.tools === 'read-only' && CHANGES.has(ask.kind))
      return { allow: false, message: 'This step only reads. Say what should be changed instead.' }
    const outside = CHANGES.has(ask.kind) ? await this.#outside(ask.paths) : null
    if (outside) return { allow: false, message: outside }
    if (!this.#host.decide) return withoutPolicy(ask)
    this.open += 1
    try {
      return await this.#host.decide(ask, AbortSignal.any([signal, this.#host.signal]))
    } finally {
      this.open -= 1
    }
  }
}

/** Where nobody is lent who decides: looking, and changing files of the workspace. */
function withoutPolicy({ kind, paths }: ToolAsk): ToolAnswer {
  const isInside = paths.every((path) => !/^([/\\]|[A-Za-z]:|\.\.([/\\]|$))/.test(path))
  if (isInside && (LOOKS.has(kind) || (CHANGES.has(kind) && paths.length > 0))) return { allow: true }
  return { allow: false, message: 'Nobody is there who could allow this. Go on without it.' }
}

const COMMAND_NAMES = ['command', 'cmd', 'commandLine']
const PATH_NAMES = [
  'path',
  'file_path',
  'filePath',
  'filepath',
  'abs_path',
  'fileName',
  'target',
  'from',
  'to',
]

function commandIn(input: unknown): string | null {
  const value = COMMAND_NAMES.map((name) => fieldOf(input, name)).find((found) => found !== undefined)
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' ')
  return null
}

function pathsIn(input: unknown): string[] {
  return PATH_NAMES.map((name) => fieldOf(input, name)).filter((value) => typeof value === 'string')
}

function fieldOf(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null && name in input
    ? (input as Record<string, unknown>)[name]
    : undefined
}

function textOf(input: unknown): string {
  if (input === undefined || input === null) return ''
  return (typeof input === 'string' ? input : JSON.stringify(input)).slice(0, 4000)
}
