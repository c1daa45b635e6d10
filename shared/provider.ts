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
  const plain = id.replace(/^acp:/, '')
  return NAMES[id] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
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

/** A model that a provider offers. */
export const ModelOffer = z.object({ id: z.string(), name: z.string() })
export type ModelOffer = z.infer<typeof ModelOffer>

/** What may be chosen for a provider, and what it takes where nobody chooses. */
export const ModelOffers = z.object({
  /** Newest first; empty where the agent keeps them to itself. */
  models: z.array(ModelOffer),
  /** By phase; absent where the agent decides by itself. */
  defaults: z.record(z.string(), z.string()),
  /** Why the list is empty or not the service's own; a sentence. */
  note: z.string().nullable(),
})
export type ModelOffers = z.infer<typeof ModelOffers>

/** What of an agent was found on this machine. */
export const FoundAgent = z.object({
  /** Absolute path of the program, or of the package's folder. */
  path: z.string(),
  /** Null when it did not tell within a few seconds. */
  version: z.string().nullable(),
})
export type FoundAgent = z.infer<typeof FoundAgent>

/** An agent that may do cards: found here or not, and what to do to have it. */
export const CatalogueAgent = ProviderStatus.extend({
  kind: z.enum(['built_in', 'sdk', 'acp']),
  found: FoundAgent.nullable(),
  /** For a terminal; null where there is nothing to install. */
  install_command: z.string().nullable(),
  /** Whether the app can do that by itself, into its own folder. */
  can_install: z.boolean(),
  /** Installed by the app, into its own folder. */
  is_ours: z.boolean(),
  website: z.string().nullable(),
  licence: z.string().nullable(),
  /** How it pays: through the app's key and budgets, or by the person's own login (then costs are estimates). */
  access: z.enum(['none', 'key', 'login']),
  /** What is known of it from trying, each a sentence. */
  notes: z.array(z.string()),
})
export type CatalogueAgent = z.infer<typeof CatalogueAgent>

/** `install_id` is the caller's choice: it can be followed meanwhile. */
export const InstallAgent = z.strictObject({ id: ProviderId, install_id: z.uuid() })
export type InstallAgent = z.infer<typeof InstallAgent>

/** Where the key of a provider comes from; the key itself never leaves the main process. */
export const CredentialStatus = z.object({
  provider: z.literal('anthropic'),
  source: z.enum(['environment', 'stored', 'none']),
  /** False where the system offers no encryption: the key is then kept for this run only. */
  can_store: z.boolean(),
  /** What the API last answered to this key, since the app was started. */
  proof: z.enum(['untried', 'works', 'refused']),
})
export type CredentialStatus = z.infer<typeof CredentialStatus>

/** What came of asking the API for its models with the key. */
export const KeyTrial = z.discriminatedUnion('state', [
  z.object({ state: z.literal('works'), models: z.number().int() }),
  z.object({ state: z.literal('refused'), reason: z.enum(['unknown_key', 'unpaid']) }),
  /** It gave no answer: the network, a proxy, or silence for too long. */
  z.object({ state: z.literal('unreachable') }),
  /** It answered, but nothing about the key: it is busy or down. */
  z.object({ state: z.literal('unclear') }),
])
export type KeyTrial = z.infer<typeof KeyTrial>

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
