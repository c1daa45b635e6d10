import type Anthropic from '@anthropic-ai/sdk'
import type { ToolKind } from '#shared/execution-event.ts'
import type { ProviderHost } from '../provider.ts'

/** What a tool may use. */
export interface ToolContext {
  /** Absolute path; nothing outside it is touched. */
  workspace: string
  mayEdit: boolean
  checkCommand: string | null
  host: ProviderHost
  /** Shows what the tool prints, as it comes. */
  print: (text: string) => void
}

/** What a tool is about to do, for the card. */
export interface ToolCall {
  kind: ToolKind
  title: string
  /** The title where it depends on what is in the workspace. */
  titleIn?(workspace: string): Promise<string>
  /** As the model wrote them. */
  paths: string[]
  /** The command line or the text that a person is asked about. Default: the paths. */
  detail?: string
  /** What it changes, as lines of a unified diff. */
  diff?: string
  /** The same in the file as it is now, for the person who is asked; rejects where it does not fit the file. */
  change?(workspace: string): Promise<string>
  /** Throws ToolError with a sentence for the model, OutsideWorkspaceError for a path that is not its own. */
  run(context: ToolContext): Promise<string>
}

export interface Tool {
  name: string
  definition: Anthropic.ToolUnion
  /** Checks the model's input; throws ToolError when it does not fit. */
  prepare(input: unknown): ToolCall
}

/** The tool did not do it; the message tells the model why and what to do instead. */
export class ToolError extends Error {
  override readonly name: string = 'ToolError'
}

/** Not allowed in this step. */
export class DeniedError extends ToolError {
  override readonly name = 'DeniedError'
}
