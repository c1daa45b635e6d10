import type { ProviderId } from '#shared/provider.ts'

/** Which API an agent speaks to the service that does its thinking. */
export type ModelApi = 'anthropic' | 'openai' | 'gemini'

/** Where an agent finds its model, its settings and its conversations. */
export interface AgentPlace {
  /** The loopback gateway with this execution's token; null: the agent uses the person's own login. */
  gateway: { baseUrl: string; token: string } | null
  /** A folder of its own, absolute, in which its files are written. */
  folder: string
  /** Null: the agent decides. Never null with a gateway. */
  model: string | null
}

/** What an agent's process is given. */
export interface AgentSetup {
  env: Record<string, string>
  /** Written into the place's folder before the start, by their relative paths. */
  files?: Record<string, string>
}

/** An agent of the catalogue that speaks the Agent Client Protocol: what is known of it, as data. */
export interface AcpAgent {
  id: Extract<ProviderId, `acp:${string}`>
  /** Its name on PATH, and how it is told to speak ACP. */
  program: string
  args: readonly string[]
  /** How it tells its version. */
  versionArgs: readonly string[]
  /** A command for a terminal. */
  install: string
  website: string
  licence: string
  /** The lowest Node that runs it; null where it brings its own. */
  nodeAtLeast: number | null
  api: ModelApi
  /** A model for when nobody names one and the gateway is used; absent: ours by phase. */
  defaultModel?: string
  /** Whether files are read and written by us for it; some break with it. */
  clientFiles: boolean
  /** Whether commands are run by us for it. */
  clientTerminals: boolean
  /** Sent with each conversation that is opened, as `_meta`: settings that the protocol has no word for. */
  sessionMeta?: Readonly<Record<string, unknown>>
  /** What it reads of the repository that it works in, relative to that; and whether `setUp` has it leave that alone. */
  repository: { settings: readonly string[]; areIgnored: boolean }
  /** Where its own login lies, relative to the home folder. */
  loginFolders: readonly string[]
  /** What a person does to log in, a sentence. */
  login: string
  /** Measured with these agents in November 2026; each a sentence for the person. */
  notes: readonly string[]
  setUp(place: AgentPlace): AgentSetup
}
