import type { ToolKind } from '#shared/execution-event.ts'
import type { ProviderHost, StepRequest } from '../provider.ts'
import { readText, writeText } from '../tools/workspace-file.ts'
import type { DemoEdit } from './demo-script.ts'

export interface StageTools {
  newId: () => string
  /** Waits so many milliseconds; rejects when aborted. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Every line that the demo agent says begins with this. */
export const DEMO_MARK = 'Demo agent: '

const WORDS_AT_ONCE = 3
const PAUSE_MS = 60
const TOOL_MS = 300

/** Lets the demo agent speak and work at the pace of a person who reads along. */
export class Stage {
  readonly #request: StepRequest
  readonly #host: ProviderHost
  readonly #tools: StageTools

  constructor(request: StepRequest, host: ProviderHost, tools: StageTools) {
    this.#request = request
    this.#host = host
    this.#tools = tools
  }

  /** Says it in small pieces, and gives back what was said, each line marked. */
  async say(...lines: readonly string[]): Promise<string> {
    const text = lines.map((line) => (line ? `${DEMO_MARK}${line}` : '')).join('\n')
    const messageId = this.#tools.newId()
    const words = text.match(/\S*\s*/g) ?? []
    for (let at = 0; at < words.length; at += WORDS_AT_ONCE) {
      const delta = words.slice(at, at + WORDS_AT_ONCE).join('')
      if (!delta) continue
      await this.#tools.delay(PAUSE_MS, this.#host.signal)
      this.#host.signal.throwIfAborted()
      this.#host.emit({ type: 'text', messageId, delta })
    }
    return text
  }

  /** To what people said meanwhile: that a fixed play cannot do it. Gives what was said; empty: nobody said anything. */
  async answer(): Promise<string> {
    const messages = (await this.#host.takeMessages?.()) ?? []
    if (messages.length === 0) return ''
    const authors = [...new Set(messages.map(({ author }) => author))].join(', ')
    return this.say(
      `I play a fixed script, so I cannot do what ${authors} asked. Choose another agent and send it again.`,
    )
  }

  /** The text of a file, or null when there is none. */
  async view(file: string): Promise<string | null> {
    let text: string | null = null
    await this.#act({ name: 'view', kind: 'read', title: `View ${file}`, paths: [file] }, async () => {
      text = await this.#read(file)
      return text === null ? { status: 'failed', output: 'There is no such file.' } : { status: 'done' }
    })
    return text
  }

  async edit(change: DemoEdit): Promise<void> {
    const isWhole = 'create' in change
    const isThere = isWhole && (await this.#read(change.file)) !== null
    const title = `${isThere ? 'Overwrite' : isWhole ? 'Create' : 'Edit'} ${change.file}`
    await this.#act({ name: 'edit', kind: 'edit', title, paths: [change.file] }, async () => {
      const before = await this.#read(change.file)
      const after = isWhole ? change.create : before?.replace(change.replace, () => change.by)
      if (after === undefined || after === before)
        return { status: 'done', output: 'Nothing to change here.' }
      await writeText(this.#request.workspace, change.file, after)
      return { status: 'done' }
    })
  }

  /** Really runs the project's check; null when it has none. */
  async check(): Promise<{ exitCode: number | null; output: string } | null> {
    const command = this.#request.checkCommand
    if (command === null || this.#request.tools === 'read-only') return null
    let result: { exitCode: number | null; output: string } = { exitCode: null, output: '' }
    const tool = { name: 'run_check', kind: 'execute', title: 'Run the check', paths: [] } as const
    await this.#act({ ...tool, paths: [] }, async (id) => {
      const print = (delta: string) => this.#host.emit({ type: 'tool_output', id, delta })
      result = await this.#host.runCommand(command, this.#host.signal, print)
      return { status: result.exitCode === 0 ? 'done' : 'failed', output: result.output.slice(-8000) }
    })
    return result
  }

  async #read(file: string): Promise<string | null> {
    return readText(this.#request.workspace, file).catch(() => null)
  }

  async #act(
    tool: { name: string; kind: ToolKind; title: string; paths: string[] },
    work: (id: string) => Promise<{ status: 'done' | 'failed'; output?: string }>,
  ): Promise<void> {
    const event = { type: 'tool', id: this.#tools.newId(), ...tool } as const
    this.#host.signal.throwIfAborted()
    this.#host.emit({ ...event, status: 'running' })
    await this.#tools.delay(TOOL_MS, this.#host.signal)
    const result = await work(event.id)
    this.#host.signal.throwIfAborted()
    this.#host.emit({ ...event, ...result })
  }
}
