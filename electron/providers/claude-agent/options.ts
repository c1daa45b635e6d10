import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { commandEnvironment } from '../../platform/environment.ts'
import { OutsideWorkspaceError, resolveInside } from '../../workspaces/confine.ts'
import { editPatch } from '../edit-patch.ts'
import { defaultModel } from '../models.ts'
import type { ProviderHost, StepRequest, ToolAsk } from '../provider.ts'
import { BOARD_TOOLS } from './board-tools.ts'
import type { AgentMessages } from './messages.ts'
import type { CanUseTool } from './sdk.ts'
import { EDITING_TOOLS, factsOf, READING_TOOLS, type ToolFacts } from './tool-facts.ts'

export interface Access {
  /** Null: the person's own login. */
  gateway: { baseUrl: string; token: string } | null
  /** Where conversations and settings are kept when the gateway is used; absolute. */
  configFolder: string
}

/**
 * What is the same for every step: nothing of the repository is loaded (its hooks and MCP servers would run code even in
 * a folder that nobody trusts), texts are taken as they are (`@file` and `/command` in a card stay words), every tool
 * that is not plain reading in the workspace is asked for.
 */
export function safeOptions(request: StepRequest): Record<string, unknown> {
  const isEdit = request.tools === 'edit'
  return {
    cwd: request.workspace,
    settingSources: [],
    strictMcpConfig: true,
    permissionMode: 'default',
    verbatimPrompts: true,
    settings: { attribution: { commit: '', pr: '' }, disableAllHooks: true },
    tools: isEdit ? [...EDITING_TOOLS] : [...READING_TOOLS],
    systemPrompt: { type: 'preset', preset: 'claude_code', append: request.system },
    includePartialMessages: true,
    maxTurns: request.limits.maxTurns,
    ...(request.sessionId ? { resume: request.sessionId } : {}),
  }
}

/** All that the process sees: no key of ours, nobody to report to, and limits of its own that are shorter than ours. */
export async function environmentOf(request: StepRequest, access: Access): Promise<Record<string, string>> {
  const { idleMs, maxRetries } = request.limits
  const base = {
    ...commandEnvironment({}),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
    CLAUDE_CODE_MAX_RETRIES: String(Math.min(maxRetries, 3)),
    CLAUDE_STREAM_IDLE_TIMEOUT_MS: String(idleMs),
    CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: String(idleMs),
    API_TIMEOUT_MS: String(Math.max(idleMs * 2, 5000)),
  }
  if (!access.gateway) return base
  await mkdir(access.configFolder, { recursive: true, mode: 0o700 })
  return {
    ...base,
    HOME: access.configFolder,
    USERPROFILE: access.configFolder,
    CLAUDE_CONFIG_DIR: join(access.configFolder, '.claude'),
    ANTHROPIC_BASE_URL: access.gateway.baseUrl,
    ANTHROPIC_API_KEY: access.gateway.token,
  }
}

/** The model of a step; with the person's own login Claude Code chooses where nobody else does. */
export function modelOf(request: StepRequest, access: Access): string | null {
  return request.model ?? (access.gateway ? defaultModel(request.phase) : null)
}

/** Answers the SDK's questions: by confinement first, then by the policy or a person. */
export function permissionsFor(
  request: StepRequest,
  host: ProviderHost,
  messages: AgentMessages,
  waiting: { open: number },
): CanUseTool {
  return async (tool, input, { signal, toolUseID, decisionReason }) => {
    const allow = { behavior: 'allow' as const, updatedInput: input }
    if (BOARD_TOOLS.some((name) => name === tool)) return allow
    const facts = factsOf(tool, input, request.workspace)
    let refusal = await confinement(request, facts)
    if (refusal === null) {
      waiting.open += 1
      try {
        const [path] = facts.paths
        const ask: ToolAsk = {
          id: toolUseID,
          tool,
          ...facts,
          ...(facts.kind === 'edit' &&
            path !== undefined && { change: () => editPatch(input, request.workspace, path) }),
          ...(decisionReason ? { reason: decisionReason } : {}),
        }
        refusal = await refusalOf(host, ask, AbortSignal.any([signal, host.signal]))
      } finally {
        waiting.open -= 1
      }
    }
    if (refusal === null) return allow
    messages.markDenied(toolUseID)
    return { behavior: 'deny', message: refusal }
  }
}

async function refusalOf(host: ProviderHost, ask: ToolAsk, signal: AbortSignal): Promise<string | null> {
  if (!host.decide)
    return ask.kind === 'edit' ? null : 'Nobody is there who could allow this. Go on without it.'
  const answer = await host.decide(ask, signal)
  return answer.allow ? null : answer.message
}

/** Why nobody need be asked: null when it may be. Links are followed, which the agent's own look at a path does not. */
async function confinement({ workspace, tools }: StepRequest, facts: ToolFacts): Promise<string | null> {
  const isChange = facts.kind === 'edit' || facts.kind === 'execute'
  if (isChange && tools === 'read-only') return 'This step only reads. Say what should be changed instead.'
  if (facts.kind !== 'edit') return null
  for (const path of facts.paths) {
    try {
      await resolveInside(workspace, path)
    } catch (error) {
      return error instanceof OutsideWorkspaceError ? error.message : `${path} cannot be looked at.`
    }
  }
  return null
}
