import type { ExecutionEvent, PlanEntry } from '#shared/execution-event.ts'
import { chunkOf, LOG_CHUNK, type LogKind, type LogOutline, type LogPage } from '#shared/execution-log.ts'
import type { Usage } from '#shared/provider.ts'
import { beginItem, growItem, isRow, type TranscriptItem } from './transcript-item.ts'

/** A part of the log that is here. */
interface Chunk {
  /** In their order. */
  items: TranscriptItem[]
  /** What came up to this sequence number is in it. */
  until: number
}

/** Until it is known, so much of a chunk is taken for rows of their own. */
const FIRST_GUESS = 0.7
/** Chunks that stay here, besides those that are looked at. */
const KEPT = 10

/**
 * The rows of a log of any length, of which only those parts are here that are looked at, and its end, which grows.
 * Rows are counted over all of it, so each can be scrolled to.
 */
export class LogWindow {
  readonly #kinds: readonly LogKind[] | null
  readonly #chunks = new Map<number, Chunk>()
  readonly #listeners = new Set<() => void>()
  /** Rows of each chunk. */
  #counts: number[] = []
  /** The index of the first row of each chunk, and at the end the number of all. */
  #starts: number[] = [0]
  /** Of what came after the outline, the rows are counted one by one. */
  #outlined = 0
  #last = 0
  #version = 0
  #shape = 0
  /** The chunk that was looked for last: rows are mostly asked for one after the other. */
  #near = 0
  usage: Usage | null = null
  costUsd: number | null = null
  plan: readonly PlanEntry[] | null = null
  /** The outline has come: `count` is no guess any more. */
  isOutlined = false

  constructor(kinds: readonly LogKind[] | null) {
    this.#kinds = kinds
  }

  /** All rows. */
  get count(): number {
    return this.#starts.at(-1) ?? 0
  }

  get lastSequence(): number {
    return this.#last
  }

  /** Another number whenever anything has changed. */
  readonly version = (): number => this.#version

  /** Another number whenever rows stand elsewhere than before; not when rows come behind the last one. */
  get shape(): number {
    return this.#shape
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The row, or null while it is not here. */
  itemAt(index: number): TranscriptItem | null {
    const chunk = this.chunkAt(index)
    return this.#chunks.get(chunk)?.items[index - (this.#starts[chunk] ?? 0)] ?? null
  }

  /** The chunk in which a row stands. */
  chunkAt(index: number): number {
    for (const chunk of [this.#near, this.#near + 1]) {
      if (index >= (this.#starts[chunk] ?? index + 1) && index < (this.#starts[chunk + 1] ?? index)) {
        this.#near = chunk
        return chunk
      }
    }
    let [low, high] = [0, this.#counts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    this.#near = Math.max(0, low)
    return this.#near
  }

  /** A number of the row's own, the same whether or not the row is here. */
  keyAt(index: number): number {
    const chunk = this.chunkAt(index)
    return chunk * LOG_CHUNK + index - (this.#starts[chunk] ?? 0)
  }

  /** Where an entry stands: exactly, when its part is here. */
  indexOf(entry: number): number {
    const number = chunkOf(entry)
    const start = this.#starts[number] ?? this.count
    const items = this.#chunks.get(number)?.items
    const place = items ? items.findLastIndex((item) => item.entry <= entry) : 0
    return Math.min(Math.max(0, this.count - 1), start + Math.max(0, place))
  }

  /** The chunk that an entry belongs to. */
  chunkOfEntry(entry: number): number {
    return chunkOf(entry)
  }

  has(chunk: number): boolean {
    return this.#chunks.has(chunk)
  }

  /** Those of these chunks that have to be read. */
  missing(chunks: Iterable<number>): number[] {
    return [...new Set(chunks)].filter(
      (chunk) => chunk < this.#counts.length && this.#counts[chunk] !== 0 && !this.#chunks.has(chunk),
    )
  }

  /** Takes what was read. */
  setPage({ chunks, events, last_sequence }: LogPage): void {
    for (const chunk of chunks) this.#chunks.set(chunk, { items: [], until: 0 })
    for (const event of events) this.#place(event)
    for (const number of chunks) {
      const chunk = this.#chunks.get(number)
      if (!chunk) continue
      chunk.until = last_sequence
      chunk.items.sort((a, b) => a.entry - b.entry)
    }
    // What is live comes after the first page: a later one may know of lines that are still on their way.
    if (this.#last === 0) {
      this.#last = last_sequence
      this.#outlined = last_sequence
    }
    const end = chunkOf(Math.max(1, this.#last))
    for (let chunk = this.#counts.length; chunk <= end; chunk += 1)
      this.#counts[chunk] = Math.ceil(LOG_CHUNK * FIRST_GUESS)
    for (const chunk of chunks) this.#counts[chunk] = this.#chunks.get(chunk)?.items.length ?? 0
    this.#changed()
  }

  /** Takes how long each part is; those that are here are known better. */
  setOutline({ counts, last_sequence, plan }: LogOutline): void {
    counts.forEach((count, chunk) => {
      if (!this.#chunks.has(chunk)) this.#counts[chunk] = count
    })
    this.#outlined = Math.max(this.#outlined, last_sequence)
    this.isOutlined = true
    this.plan ??= plan
    this.#changed()
  }

  /** Takes lines that have just been written, in order. */
  apply(events: readonly ExecutionEvent[]): void {
    const fresh = events.filter((event) => event.sequence > this.#last)
    for (const event of fresh) {
      this.#last = event.sequence
      this.#note(event)
      this.#append(event)
    }
    if (fresh.length > 0) this.#changed()
  }

  /** Lets go of what nobody looks at; the end stays, for it grows. */
  trim(lookedAt: ReadonlySet<number>): void {
    const end = this.#counts.length - 2
    const loose = [...this.#chunks.keys()].filter((chunk) => !lookedAt.has(chunk) && chunk < end)
    const [middle = 0] = lookedAt
    loose.sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const chunk of loose.slice(0, Math.max(0, loose.length - KEPT))) this.#chunks.delete(chunk)
  }

  #append(event: ExecutionEvent): void {
    const number = chunkOf(event.head ?? event.sequence)
    // From its first line on, a new chunk is whole.
    if (number >= this.#counts.length) {
      this.#counts[number] = 0
      this.#chunks.set(number, { items: [], until: 0 })
    }
    const chunk = this.#chunks.get(number)
    if (chunk) {
      if (event.sequence > chunk.until) this.#place(event)
      this.#counts[number] = chunk.items.length
    } else if (event.sequence > this.#outlined && isRow(event, this.#kinds)) {
      this.#counts[number] = (this.#counts[number] ?? 0) + 1
    }
  }

  #note({ body }: ExecutionEvent): void {
    if (body.type === 'plan') this.plan = body.entries
    if (body.type !== 'usage') return
    this.usage = body.usage
    this.costUsd = body.cost_usd
  }

  /** Puts a line where it belongs, if its part is here. */
  #place(event: ExecutionEvent): void {
    const items = this.#chunks.get(chunkOf(event.head ?? event.sequence))?.items
    if (!items) return
    if (event.head === null) {
      const item = isRow(event, this.#kinds) ? beginItem(event) : null
      if (item) items.push(item)
      return
    }
    const place = items.findLastIndex((item) => item.entry === event.head)
    const item = items[place]
    if (item) items[place] = growItem(item, event)
  }

  #changed(): void {
    const before = this.#starts
    this.#starts = [0]
    for (const count of this.#counts) this.#starts.push((this.#starts.at(-1) ?? 0) + (count ?? 0))
    const isMoved = before.slice(0, -1).some((start, chunk) => start !== this.#starts[chunk])
    if (isMoved || this.count < (before.at(-1) ?? 0)) this.#shape += 1
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
