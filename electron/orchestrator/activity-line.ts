import { cutText } from '#shared/cut-text.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'

/** What the column holds, characters. */
const LONGEST = 300
/** The end of a message that is looked at for its last line, characters. */
const TAIL = 600

const WORDS = /[\p{L}\p{N}]/u

/** What an agent is doing right now, in one line: the tool that it uses, else the last line that it said. */
export class ActivityLine {
  #line: string | null = null
  #message = ''
  #messageId = ''

  /** Takes a line of the log, in its order and without secrets. */
  note(body: ExecutionEventBody): void {
    if (body.type === 'tool' && body.status === 'running') this.#line = oneLine(body.title || body.name)
    else if (body.type === 'text') this.#line = this.#lastLine(body) ?? this.#line
  }

  /** Null: nothing was heard yet. */
  get line(): string | null {
    return this.#line
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
