import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { createStreamRedactor, type StreamRedactor } from './redact.ts'

type Piece = Extract<ExecutionEventBody, { type: 'tool_output' }>

/** A piece is about as long, characters: it is one row, and one answer to a window. */
const PIECE = 16_000
/** More of one tool is not kept, characters. */
const MOST = 20_000_000

/** Cuts what one tool prints into pieces of whole lines, without secrets, and counts the lines. */
export class ToolOutput {
  readonly #id: string
  readonly #redactor: StreamRedactor
  #held = ''
  #line = 0
  #total = 0
  /** What is held has been left for longer already. */
  #isStale = false

  constructor(id: string, secrets: readonly string[]) {
    this.#id = id
    this.#redactor = createStreamRedactor(secrets)
  }

  /** Takes more of it; gives the pieces that are full. */
  push(delta: string): Piece[] {
    if (this.#total > MOST) return []
    this.#total += delta.length
    const end = this.#total > MOST ? '\n… what it printed from here on is not kept.\n' : ''
    this.#held += this.#redactor.push(delta) + end
    this.#isStale = false
    const pieces: Piece[] = []
    while (this.#held.length >= PIECE) pieces.push(this.#cut(placeToCut(this.#held)))
    return pieces
  }

  /** What can be shown already: whole lines, and the beginning of one that does not grow. */
  settled(): Piece[] {
    const end = this.#isStale ? this.#held.length : this.#held.lastIndexOf('\n') + 1
    this.#isStale = true
    return end > 0 ? [this.#cut(end)] : []
  }

  get holds(): boolean {
    return this.#held !== ''
  }

  /** The rest. */
  end(): Piece[] {
    this.#held += this.#redactor.flush()
    return this.#held ? [this.#cut(this.#held.length)] : []
  }

  #cut(end: number): Piece {
    const delta = this.#held.slice(0, end)
    this.#held = this.#held.slice(end)
    const piece: Piece = { type: 'tool_output', id: this.#id, delta, line: this.#line }
    this.#line += countLines(delta)
    return piece
  }
}

/** After the last line that fits; within one only when it is longer than a piece. */
function placeToCut(text: string): number {
  const end = text.lastIndexOf('\n', PIECE - 1) + 1
  return end > 0 ? end : PIECE
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
