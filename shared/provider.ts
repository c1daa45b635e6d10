import { z } from 'zod'

/** An agent of the catalogue that speaks the Agent Client Protocol: acp:opencode. */
const AcpId = z.custom<`acp:${string}`>(
  (value) => typeof value === 'string' && /^acp:[a-z0-9-]{1,40}$/.test(value),
)

/** What does the thinking. */
export const ProviderId = z.union([z.enum(['anthropic', 'claude-agent', 'scripted']), AcpId])
export type ProviderId = z.infer<typeof ProviderId>

/** Those that are always offered, in this order; the agents that speak ACP come from `system.providers`. */
export const BUILT_IN_PROVIDERS = ['anthropic', 'claude-agent', 'scripted'] as const satisfies ProviderId[]

const NAMES: Readonly<Record<string, string>> = {
  anthropic: 'Claude',
  'claude-agent': 'Claude Agent',
  scripted: 'Demo agent',
  'acp:claude': 'Claude Code',
  'acp:codex': 'Codex',
  'acp:copilot': 'Copilot',
  'acp:gemini': 'Gemini',
  'acp:opencode': 'OpenCode',
}

/** What people read. */
export function providerName(id: ProviderId): string {
  return NAMES[id] ?? id.replace(/^acp:/, '')
}

/** Whether a provider can be used now, and if not, what to do about it. */
export const ProviderStatus = z.object({
  id: ProviderId,
  name: z.string(),
  available: z.boolean(),
  /** A sentence for the person: what it is, or what is missing and the next step. */
  message: z.string(),
  /** True for the scripted provider: everything it says is marked "Demo agent". */
  is_demo: z.boolean(),
})
export type ProviderStatus = z.infer<typeof ProviderStatus>

/** Where the key of a provider comes from; the key itself never leaves the main process. */
export const CredentialStatus = z.object({
  provider: z.literal('anthropic'),
  source: z.enum(['environment', 'stored', 'none']),
  /** False where the system offers no encryption: the key is then kept for this run only. */
  can_store: z.boolean(),
})
export type CredentialStatus = z.infer<typeof CredentialStatus>

export const FailureKind = z.enum([
  'auth',
  'rate_limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'invalid_request',
  'context_too_long',
  'model_unavailable',
  'refusal',
  'max_turns',
  'budget',
  'max_tokens',
  'bad_output',
  'not_installed',
  'crashed',
  'protocol',
  'workspace',
  'sandbox_unavailable',
  'checks',
])
export type FailureKind = z.infer<typeof FailureKind>

/** Tokens of one or more model calls; `input` excludes cached ones. */
export const Usage = z.object({
  input: z.number().int(),
  output: z.number().int(),
  cache_read: z.number().int(),
  cache_write: z.number().int(),
})
export type Usage = z.infer<typeof Usage>
