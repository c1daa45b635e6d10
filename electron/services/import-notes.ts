import type { ImportNote } from '#shared/board-transfer.ts'
import { cutText } from '#shared/cut-text.ts'

/** Named with the note; all are counted. */
const MOST_ITEMS = 100

/** Collects what was cut or left out, by the sentence that says so. */
export class ImportNotes {
  readonly #notes = new Map<string, ImportNote>()

  /** `items` are names of cards and columns; with none only `count` is told. */
  add(text: string, items: readonly string[], count = items.length): void {
    if (count === 0) return
    const note = this.#notes.get(text) ?? { text, count: 0, items: [] }
    note.count += count
    for (const item of items) if (note.items.length < MOST_ITEMS) note.items.push(cutText(item, 100))
    this.#notes.set(text, note)
  }

  list(): ImportNote[] {
    return [...this.#notes.values()]
  }
}
