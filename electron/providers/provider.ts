import type { AgentPhase } from '#shared/execution.ts'
import type { PlanEntry, ToolKind } from '#shared/execution-event.ts'
import type { FailureKind, ModelOffer, ProviderId, ProviderStatus, Usage } from '#shared/provider.ts'

/** One step's work, asked of a provider. */
export interface StepRequest {
  executionId: string
  phase: AgentPhase
  /** The round, from 1. */
  iteration: number
  system: string
  prompt: string
  model?: string
  /** Absolute path of the worktree; nothing outside it is read or written. */
  workspace: string
  /** `read-only`: view, list, search. `edit`: file changes and the check command as well. */
  tools: 'read-only' | 'edit'
  /** Run by the agent on request, in the workspace; null when the project has none. */
  checkCommand: string | null
  /** JSON schema of the answer (the review's verdict). The raw text is validated by the orchestrator. */
  outputSchema?: Record<string, unknown>
  /** Goes on with this conversation of the agent, where it can. */
  sessionId?: string
  limits: StepLimits
}

export interface StepLimits {
  maxTurns: number
  /** No byte of the answer for this long ends the attempt as `timeout`, milliseconds. */
  idleMs: number
  /** Repetitions of one model call after a passing failure. */
  maxRetries: number
  /** Longest wait before a repetition, milliseconds; a longer `retry-after` ends the step as failed. */
  maxRetryDelayMs: number
}

/** What a provider tells while it works; the host numbers, bounds, redacts and stores it. */
export type ProviderEvent =
  | { type: 'text' | 'thinking'; messageId: string; delta: string }
  | {
      /** Upserted by id: running, then done, failed or denied. */
      type: 'tool'
      id: string
      name: string
      kind: ToolKind
      title: string
      paths: string[]
      status: 'running' | 'done' | 'failed' | 'denied'
      output?: string
      /** What it changes, as lines of a unified diff. */
      diff?: string
    }
  /** What the tool of this id prints, as it comes. */
  | { type: 'tool_output'; id: string; delta: string }
  | { type: 'retry'; attempt: number; max: number; delayMs: number; cause: FailureKind }
  /** Totals of the step so far. */
  | { type: 'usage'; usage: Usage; costUsd: number | null; model: string }
  | { type: 'notice'; level: 'info' | 'warn'; text: string }
  /** The agent's own list of what it means to do; each one replaces that before. */
  | { type: 'plan'; entries: PlanEntry[] }

export interface StepFailure {
  kind: FailureKind
  /** A sentence for the person, with the next step. */
  message: string
  retryable: boolean
  requestId?: string
}

export interface StepResult {
  status: 'completed' | 'cancelled' | 'failed'
  /** The last message's text. */
  text: string
  turns: number
  usage: Usage
  costUsd: number | null
  model: string | null
  /** How the agent calls its conversation. */
  sessionId?: string
  /** The cost is the agent's own word, or that of a subscription. */
  costIsEstimate?: boolean
  failure?: StepFailure
}

/** What the host lends to a provider for one step. What is optional is lent where its owner is there: tests lend less. */
/** Who waits before a call is repeated lets it be known, so that a person may say that it is enough. */
export interface RetryPatience {
  /**
   * Right after a `retry` event: does the wait, whose signal aborts when a person wants the call made now. Resolves when it
   * is over or was ended, rejects when the wait does for another reason.
   */
  waitToRetry(wait: (hurried: AbortSignal) => Promise<void>): Promise<void>
}

export interface ProviderHost
  extends Partial<ToolDecider>,
    Partial<ProcessHost>,
    Partial<GatewayAccess>,
    Partial<ModelMeter>,
    Partial<MessageSource>,
    Partial<ConversationMemory>,
    Partial<RetryPatience>,
    Partial<CardAccess> {
  signal: AbortSignal
  emit(event: ProviderEvent): void
  /** Runs a command line in the workspace: own process group, clean environment, bounded time and output. */
  runCommand(
    command: string,
    signal: AbortSignal,
    /** Told what it prints, as it comes. */
    onOutput?: (text: string) => void,
  ): Promise<CommandResult>
}

/** What the orchestrator lends for each step, whoever the provider is. */
export type StepHost = ProviderHost &
  ToolDecider &
  ProcessHost &
  MessageSource &
  ConversationMemory &
  RetryPatience &
  CardAccess

/** The same with the means to count and bound what is used. */
export type CountedHost = StepHost & GatewayAccess & ModelMeter

/** What an agent wants to do; the policy answers at once, or a person does in the inbox. */
export interface ToolAsk {
  /** The tool event's. */
  id: string
  tool: string
  kind: ToolKind
  title: string
  /** The command line or the text that it is about. */
  detail: string
  /** Relative to the workspace, or absolute where they lie outside it. */
  paths: readonly string[]
  /** What it would do to files, as a unified diff; null: that cannot be told. Wanted only where a person is asked. */
  change?: () => Promise<string | null>
  reason?: string
}

export type ToolAnswer = { allow: true } | { allow: false; message: string }

/** Lent by the policies: never rejects but by the signal. */
export interface ToolDecider {
  decide(ask: ToolAsk, signal: AbortSignal): Promise<ToolAnswer>
  /** Those of these files of the workspace that a rule refuses: what is found in them is not told. */
  refused(paths: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
}

/** A process of an agent. It is tagged, recorded, confined, and ends with the step at the latest. */
export interface HostProcess {
  readonly pid: number
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
  readonly stderr: NodeJS.ReadableStream
  /** Its end: not that of its pipes, which a child may hold. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Ends it with all that it started; resolves when nothing of it is left. */
  kill(): Promise<void>
}

/** Lent by containment. */
export interface ProcessHost {
  spawn(
    program: string,
    args: readonly string[],
    options: {
      /** All that it sees besides the host's tags: nothing of ours is inherited. */
      env: Readonly<Record<string, string>>
      /** The workspace, unless another is named. */
      cwd?: string
      /** Folders besides the workspace that it needs to write: those of the agent's own settings and conversations. */
      writable?: readonly string[]
      /** Whether it may write in the workspace. Default: true. */
      mayEdit?: boolean
      /** An agent has named program and arguments: no folder can be read for being named in them. Default: false. */
      isNamedByAgent?: boolean
    },
  ): Promise<HostProcess>
}

/** Where an agent process finds its model: on loopback, with a token of this execution instead of a key. */
export interface GatewayAccess {
  gateway(): Promise<{ baseUrl: string; token: string }>
}

/** Counts and bounds calls that a provider makes itself: those through the gateway are counted there. */
export interface ModelMeter {
  /**
   * Rejects with a BudgetError when the next call is not paid for; ask before each, and answer each with `afterCall`.
   * May wait for another call on the same budget to end.
   */
  beforeCall(model: string): Promise<void>
  /** Asked now and then what the call that is on its way has used until now: an app that is killed does not see its end. */
  duringCall(soFar: () => { model: string; usage: Usage } | null): void
  /** Counts a call, also one that failed or was cut. Gives what it cost in US dollars; null: nobody knows its price. */
  afterCall(call: MadeCall): Promise<number | null>
}

export interface MadeCall {
  model: string
  usage: Usage
  /** What the agent says that it cost; left out: by our prices. */
  costUsd?: number | null
  /** The agent's own word, or paid by subscription. */
  isEstimate?: boolean
  /** HTTP status of the answer; null: there was none. */
  status: number | null
  durationMs: number
}

/** What people said meanwhile; each message is given once. */
export interface MessageSource {
  takeMessages(): Promise<{ author: string; body: string }[]>
}

/** Keeps how the agent calls its conversation, so that a step that a crash has ended goes on with it. */
export interface ConversationMemory {
  rememberSession(sessionId: string): Promise<void>
}

/** What an agent may know and say of its own card, and of no other. */
export interface CardAccess {
  /** The card as Markdown: key, title, description, checklist, comments. */
  readCard(): Promise<string>
  /** Signed as the agent; at most 20,000 characters. */
  commentOnCard(body: string): Promise<void>
}

export interface CommandResult {
  exitCode: number | null
  /** Standard output and error as they came, bounded; the end is kept. */
  output: string
  timedOut: boolean
}

export interface Provider {
  id: ProviderId
  status(): Promise<ProviderStatus>
  /** What `model` may be, newest first; absent where the agent keeps that to itself. May reject. */
  models?(signal: AbortSignal): Promise<ModelOffer[]>
  /** Never rejects; resolves only when nothing of the step runs any more. */
  run(request: StepRequest, host: ProviderHost): Promise<StepResult>
}
