import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { createStreamRedactor, redact, type StreamRedactor } from './redact.ts'
import { ToolOutput } from './tool-output.ts'

type TextBody = Extract<ExecutionEventBody, { type: 'text' | 'thinking' }>

/** A line that waits to be stored. */
export interface LogLine {
  body: ExecutionEventBody
  created_at: Date
  /** Lines with the same key go on with the first of them. */
  key: string | null
  /** About its length, characters. */
  size: number
}

/** The end of a tool's output, and the beginning of its diff, that are kept in its own line, characters. */
const LONGEST_OUTPUT = 20_000
/** A message that is longer is shown as several, characters: each is drawn as a whole. */
const LONGEST_PART = 16_000

/** Gathers what an agent does: what belongs together is one line, and secrets are blotted out of it. */
export class LogLines {
  readonly #secrets: readonly string[]
  readonly #now: () => Date
  #lines: LogLine[] = []
  readonly #outputs = new Map<string, ToolOutput>()
  /** Text that waits because a secret may begin in it; it belongs to one message at a time. */
  #open: { body: TextBody; redactor: StreamRedactor; part: number; length: number } | null = null

  constructor(secrets: readonly string[], now: () => Date) {
    this.#secrets = secrets
    this.#now = now
  }

  add(body: ExecutionEventBody): void {
    if (body.type === 'text' || body.type === 'thinking') {
      this.#addText(body)
      return
    }
    this.#endMessage()
    if (body.type === 'tool_output') {
      const output = this.#outputs.get(body.id) ?? new ToolOutput(body.id, this.#secrets)
      this.#outputs.set(body.id, output)
      for (const piece of output.push(body.delta)) this.#put(piece, toolKey(body.id))
      return
    }
    if (body.type === 'tool' && body.status !== 'running') this.#endOutput(body.id)
    this.#put(bound(blot(body, this.#secrets)), keyOf(body))
  }

  /** Makes lines of what tools have printed; true: there is more, which is for the next time. */
  settle(): boolean {
    for (const [id, output] of this.#outputs)
      for (const piece of output.settled()) this.#put(piece, toolKey(id))
    return [...this.#outputs.values()].some((output) => output.holds)
  }

  /** The next lines to be stored, in order; `most` bounds their size together, in characters. */
  take(most: number): LogLine[] {
    let size = 0
    const end = this.#lines.findIndex((line) => {
      size += line.size
      return size > most
    })
    return this.#lines.splice(0, end < 0 ? this.#lines.length : Math.max(1, end))
  }

  /** What could not be stored is the first to be taken again. */
  giveBack(lines: readonly LogLine[]): void {
    this.#lines.unshift(...lines)
  }

  /** Nothing more comes. */
  end(): void {
    this.#endMessage()
    for (const id of [...this.#outputs.keys()]) this.#endOutput(id)
  }

  #addText(body: TextBody): void {
    if (this.#open?.body.type !== body.type || this.#open.body.message_id !== body.message_id) {
      this.#endMessage()
      this.#open = { body, redactor: createStreamRedactor(this.#secrets), part: 1, length: 0 }
    }
    this.#putText(this.#open.redactor.push(body.delta))
  }

  #endMessage(): void {
    if (this.#open) this.#putText(this.#open.redactor.flush())
    this.#open = null
  }

  #putText(delta: string): void {
    const open = this.#open
    let rest = delta
    while (open && rest !== '') {
      const isFull = open.length > LONGEST_PART
      const line = isFull ? rest.indexOf('\n') + 1 : 0
      // One piece may be longer than a part, as when an agent says all at once.
      const end = line || Math.min(rest.length, Math.max(0, 2 * LONGEST_PART - open.length))
      if (end > 0) this.#put({ ...open.body, delta: rest.slice(0, end) }, textKey(open))
      rest = rest.slice(end)
      open.length += end
      if (line === 0 && open.length < 2 * LONGEST_PART) continue
      open.part += 1
      open.length = 0
    }
  }

  #endOutput(id: string): void {
    for (const piece of this.#outputs.get(id)?.end() ?? []) this.#put(piece, toolKey(id))
    this.#outputs.delete(id)
  }

  #put(body: ExecutionEventBody, key: string | null): void {
    const last = this.#lines.at(-1)
    const joined = last && key !== null && last.key === key ? joinBodies(last.body, body) : null
    if (last && joined) {
      last.body = joined
      last.size += sizeOf(body)
    } else {
      this.#lines.push({ body, key, created_at: this.#now(), size: sizeOf(body) })
    }
  }
}

const toolKey = (id: string) => `tool ${id}`
const textKey = ({ body, part }: { body: TextBody; part: number }) =>
  `${body.type} ${part} ${body.message_id}`

function keyOf(body: ExecutionEventBody): string | null {
  if (body.type === 'tool') return toolKey(body.id)
  return body.type === 'plan' ? 'plan' : null
}

/** Two lines of the same thing, one after the other, as one; null: both are kept. */
function joinBodies(a: ExecutionEventBody, b: ExecutionEventBody): ExecutionEventBody | null {
  if ((a.type === 'text' || a.type === 'thinking') && a.type === b.type)
    return { ...a, delta: a.delta + b.delta }
  if (a.type === 'plan' && b.type === 'plan') return b
  // That it ran at all is a line of its own.
  return a.type === 'tool' && b.type === 'tool' && a.status === b.status ? b : null
}

function sizeOf(body: ExecutionEventBody): number {
  if ('delta' in body) return body.delta.length + 100
  return body.type === 'tool' ? (body.output?.length ?? 0) + (body.diff?.length ?? 0) + 300 : 300
}

function bound(body: ExecutionEventBody): ExecutionEventBody {
  if (body.type !== 'tool') return body
  const { output, diff } = body
  return {
    ...body,
    output: output && output.length > LONGEST_OUTPUT ? `…${output.slice(-LONGEST_OUTPUT)}` : output,
    ...(diff !== undefined && {
      diff: diff.length > LONGEST_OUTPUT ? `${diff.slice(0, LONGEST_OUTPUT)}…` : diff,
    }),
  }
}

function blot(body: ExecutionEventBody, secrets: readonly string[]): ExecutionEventBody {
  const clean = (text: string) => redact(text, secrets)
  switch (body.type) {
    case 'tool':
      return {
        ...body,
        title: clean(body.title),
        paths: body.paths.map(clean),
        output: body.output === null ? null : clean(body.output),
        ...(body.diff !== undefined && { diff: clean(body.diff) }),
      }
    case 'plan':
      return { ...body, entries: body.entries.map((entry) => ({ ...entry, text: clean(entry.text) })) }
    case 'notice':
      return { ...body, text: clean(body.text) }
    default:
      return body
  }
}
