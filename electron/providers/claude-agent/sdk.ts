import { pathToFileURL } from 'node:url'
import type { ZodType } from 'zod'
import type { HostProcess } from '../provider.ts'

/**
 * The parts of the Claude Agent SDK that are used, as it declares them. It is not ours to ship and not among our
 * dependencies: it is loaded from where it was found or installed, so nothing of its types is at hand here.
 */
export interface AgentSdk {
  query(input: { prompt: AsyncIterable<UserMessage>; options: QueryOptions }): AgentQuery
  createSdkMcpServer(options: {
    name: string
    version: string
    tools: unknown[]
    alwaysLoad: boolean
  }): unknown
  tool(
    name: string,
    description: string,
    input: Record<string, ZodType>,
    handler: (
      input: Record<string, unknown>,
    ) => Promise<{ content: { type: 'text'; text: string }[]; isError?: boolean }>,
  ): unknown
}

/** Its messages are parsed where they are read. */
export interface AgentQuery extends AsyncIterable<unknown> {
  interrupt(): Promise<unknown>
}

export interface UserMessage {
  type: 'user'
  message: { role: 'user'; content: string }
  parent_tool_use_id: null
}

export interface QueryOptions {
  abortController: AbortController
  canUseTool: CanUseTool
  spawnClaudeCodeProcess: (options: { command: string; args: string[]; cwd?: string }) => SpawnedProcess
  [name: string]: unknown
}

export type CanUseTool = (
  tool: string,
  input: Record<string, unknown>,
  options: { signal: AbortSignal; toolUseID: string; decisionReason?: string },
) => Promise<
  { behavior: 'allow'; updatedInput: Record<string, unknown> } | { behavior: 'deny'; message: string }
>

/** What the SDK takes for a child process. */
export interface SpawnedProcess extends NodeJS.EventEmitter {
  stdin: NodeJS.WritableStream
  stdout: NodeJS.ReadableStream
  readonly killed: boolean
  readonly exitCode: number | null
  readonly signalCode: NodeJS.Signals | null
  kill(signal: NodeJS.Signals): boolean
}

/** Told of the real process once it runs. */
export type OnProcess = (process: Promise<HostProcess>) => void

/** Loads the SDK from the file that its package.json names. */
export async function loadSdk(file: string): Promise<AgentSdk> {
  const url = pathToFileURL(file).href
  return (await import(/* @vite-ignore */ url)) as AgentSdk
}
