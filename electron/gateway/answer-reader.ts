import type { PricedUsage } from '../providers/pricing.ts'
import { readUsage, type UsageNews } from './call-usage.ts'
import type { Dialect } from './routes.ts'
import { EventReader } from './sse.ts'

/** The usual length of a token. */
const LETTERS_A_TOKEN = 4
/** A longer answer without a stream is not looked into, bytes. */
const LONGEST_BODY = 4 * 1024 * 1024

/** What a call used; an estimate as long as its answer has not told. */
interface Used {
  model: string | null
  usage: PricedUsage
  isEstimate: boolean
}

/** Learns from an answer, as it passes, what its call used. */
export class AnswerReader {
  readonly #dialect: Dialect
  readonly #events: EventReader | null
  #body: Buffer[] = []
  #bytes = 0
  #model: string | null = null
  #usage: Partial<PricedUsage> = {}
  #letters = 0
  /** Of a stream: whether anything in it could be read. */
  #isRead = false
  #isFinal = false

  constructor(dialect: Dialect, contentType: string) {
    this.#dialect = dialect
    const isStream = contentType.startsWith('text/event-stream')
    this.#events = isStream ? new EventReader((data) => this.#hear(data)) : null
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#events) this.#pass(this.#events, chunk)
    else if (this.#bytes <= LONGEST_BODY) this.#body.push(chunk)
    else this.#body = []
  }

  /** Whether anything of the answer has come. */
  get hasBegun(): boolean {
    return this.#bytes > 0
  }

  /** What the call used, once nothing more comes. */
  end(assumed: { promptTokens: number }): Used {
    if (this.#events) this.#events.end()
    else if (this.#body.length > 0)
      this.#learn(readUsage(this.#dialect, Buffer.concat(this.#body).toString('utf8')))
    return this.soFar(assumed)
  }

  /**
   * What the call used until now. Before the answer has told it, what came is counted by its length, and the prompt by what is
   * `assumed` of it: both are paid for, also when the answer is cut off.
   */
  soFar(assumed: { promptTokens: number }): Used {
    const letters = this.#events ? this.#letters : this.#bytes
    const isTold = this.#usage.input !== undefined
    const usage = {
      input: 0,
      cache_read: 0,
      cache_write: 0,
      ...this.#usage,
      output: this.#usage.output ?? 0,
    }
    if (this.#isFinal) return { model: this.#model, usage, isEstimate: false }
    const output = Math.max(usage.output, Math.ceil(letters / LETTERS_A_TOKEN))
    const input = isTold ? usage.input : assumed.promptTokens
    return { model: this.#model, usage: { ...usage, input, output }, isEstimate: true }
  }

  /** A stream in which nothing can be read is counted by its length. */
  #pass(events: EventReader, chunk: Buffer): void {
    events.push(chunk)
    if (!this.#isRead) this.#letters = this.#bytes
  }

  #hear(data: string): void {
    if (!this.#isRead) this.#letters = 0
    this.#isRead = true
    this.#learn(readUsage(this.#dialect, data))
  }

  #learn({ model, usage, letters, isFinal }: UsageNews): void {
    this.#model ??= model ?? null
    Object.assign(this.#usage, usage)
    this.#letters += letters ?? 0
    this.#isFinal ||= isFinal ?? false
  }
}
