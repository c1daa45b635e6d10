import type { FileLabel } from '#shared/board-file.ts'
import { cutText } from '#shared/cut-text.ts'
import { nameKey } from '#shared/name-key.ts'
import { type TrelloCard, type TrelloFile, TrelloLabel, those } from './trello-schema.ts'

/** Trello's colours, by the names that its files have for them. */
const COLOURS = new Map([
  ['green', '#4BCE97'],
  ['yellow', '#E2B203'],
  ['orange', '#FAA53D'],
  ['red', '#F87462'],
  ['purple', '#9F8FEF'],
  ['blue', '#579DFF'],
  ['sky', '#60C6D2'],
  ['lime', '#94C748'],
  ['pink', '#E774BB'],
  ['black', '#8590A2'],
])
const NO_COLOUR = '#8590A2'
const MOST = 500

/** The labels of a board: those that Trello tells apart by colour only are called by it, twins become one. */
export class TrelloLabels {
  /** By their names without case, which are unique here. */
  readonly #labels = new Map<string, FileLabel>()
  readonly #leftOut = new Set<string>()

  constructor({ labels, cards }: Pick<TrelloFile, 'labels' | 'cards'>) {
    for (const label of those(TrelloLabel, labels)) if (label.name !== '') this.#idOf(label)
    for (const card of cards) for (const label of those(TrelloLabel, labelsOf(card))) this.#idOf(label)
  }

  list(): FileLabel[] {
    return [...this.#labels.values()]
  }

  /** Names of labels beyond what a board can have. */
  get leftOut(): string[] {
    return [...this.#leftOut]
  }

  of(card: Pick<TrelloCard, 'labels'>): string[] {
    const ids = those(TrelloLabel, card.labels).map((label) => this.#idOf(label))
    return [...new Set(ids.filter((id) => id !== null))]
  }

  #idOf({ name, color }: TrelloLabel): string | null {
    const shown = cutText((name || color || '').replace(/\s+/g, ' ').trim(), 50) || 'No name'
    const key = nameKey(shown)
    const known = this.#labels.get(key)
    if (known) return known.id
    if (this.#labels.size >= MOST) {
      this.#leftOut.add(shown)
      return null
    }
    const id = `l${this.#labels.size + 1}`
    const plain = color?.replace(/_(dark|light)$/, '') ?? ''
    this.#labels.set(key, { id, name: shown, color: COLOURS.get(plain) ?? NO_COLOUR })
    return id
  }
}

function labelsOf(card: unknown): unknown[] {
  const labels: unknown = typeof card === 'object' && card !== null ? Reflect.get(card, 'labels') : undefined
  return Array.isArray(labels) ? labels : []
}
