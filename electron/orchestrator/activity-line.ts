import { cutText } from '#shared/cut-text.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { FailureKind } from '#shared/provider.ts'

/** What the column holds, characters. */
const LONGEST = 300
/** The end of a message that is looked at for its last line, characters. */
const TAIL = 600

const WORDS = /[\p{L}\p{N}]/u

/** What tells that a call was made again, and answered. */
const ANSWERS: readonly ExecutionEventBody['type'][] = ['text', 'thinking', 'tool', 'usage']

const CAUSES: Readonly<Partial<Record<FailureKind, string>>> = {
  rate_limit: 'The provider’s rate limit is reached',
  overloaded: 'The provider is overloaded',
  server: 'The provider had an error',
  network: 'The connection failed',
  timeout: 'No answer came in time',
}

/** What an agent is doing right now, in one line: the tool that it uses, else the last line that it said, or that it waits. */
export class ActivityLine {
  #line: string | null = null
  #message = ''
  #messageId = ''
  #waits: string | null = null

  /** Takes a line of the log, in its order and without secrets. */
  note(body: ExecutionEventBody): void {
    if (body.type === 'retry')
      this.#waits = `${CAUSES[body.cause] ?? 'The provider did not answer'}; trying again…`
    else if (ANSWERS.includes(body.type)) this.#waits = null
    if (body.type === 'tool' && body.status === 'running') this.#line = oneLine(body.title || body.name)
    else if (body.type === 'text') this.#line = this.#lastLine(body) ?? this.#line
  }

  /** Null: nothing was heard yet. */
  get line(): string | null {
    return this.#waits ?? this.#line
  }

  #lastLine({ message_id, delta }: Extract<ExecutionEventBody, { type: 'text' }>): string | undefined {
    const before = message_id === this.#messageId ? this.#message : ''
    this.#messageId = message_id
    this.#message = (before + delta).slice(-TAIL)
    const last = this.#message.split('\n').findLast((line) => WORDS.test(line) && !line.startsWith('```'))
    return last === undefined ? undefined : oneLine(last)
  }
}

function oneLine(text: string): string {
  return cutText(text.replace(/\s+/g, ' ').trim(), LONGEST).toWellFormed()
}
