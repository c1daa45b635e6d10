import type { BoardId } from '#shared/ids.ts'
import type { Acknowledged, Word } from './lines.ts'

/** What one subscription has heard, from where on. */
export interface Hearing {
  /** For people: whose it is. */
  name: string
  board: BoardId
  after: string
  ids: string[]
  /** It was alive at the end, so it must have heard everything. */
  isAlive: boolean
}

/** Everything that the apps have said, kept outside of them, so that killing one loses nothing that it said. */
export class Ledger {
  readonly done: Acknowledged[] = []
  readonly refused = new Map<string, number>()
  readonly broken: string[] = []
  readonly hearings: Hearing[] = []
  skipped = 0
  readonly #windows = new Map<string, Hearing>()
  readonly #readers = new Map<string, Hearing>()

  /** The reader of a board in an app; it goes on through all lives of the app. */
  reader(app: string, board: BoardId): Hearing {
    return this.#hearing(this.#readers, `${app} reader`, app, board, '0')
  }

  take(app: string, word: Word): void {
    if (word.say === 'done') this.done.push(word)
    else if (word.say === 'skipped') this.skipped += 1
    else if (word.say === 'broken') this.broken.push(`${app}: ${word.message}`)
    else if (word.say === 'refused') this.refused.set(word.code, (this.refused.get(word.code) ?? 0) + 1)
    else if (word.say === 'opened') this.#open(app, word.board, word.after)
    else if (word.say === 'seen') {
      const hearing =
        word.by === 'reader' ? this.reader(app, word.board) : this.#windows.get(`${app} ${word.board}`)
      hearing?.ids.push(...word.ids)
    }
  }

  /** Its windows hear nothing more. */
  killed(app: string): void {
    for (const [key, hearing] of this.#windows) if (key.startsWith(`${app} `)) hearing.isAlive = false
  }

  #open(app: string, board: BoardId, after: string): void {
    const before = this.#windows.get(`${app} ${board}`)
    if (before) before.isAlive = false
    this.#windows.delete(`${app} ${board}`)
    this.#hearing(this.#windows, `${app} window`, app, board, after)
  }

  #hearing(all: Map<string, Hearing>, name: string, app: string, board: BoardId, after: string): Hearing {
    const known = all.get(`${app} ${board}`)
    if (known) return known
    const hearing = { name: `${name} on ${board}`, board, after, ids: [], isAlive: true }
    all.set(`${app} ${board}`, hearing)
    this.hearings.push(hearing)
    return hearing
  }
}
