import type { TaskId } from '#shared/ids.ts'
import type { Choice } from '../../lib/actions/offers.ts'
import { usePaletteSource } from '../../lib/actions/palette-sources.ts'
import { type FuzzyQuery, foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../../lib/fuzzy.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { BoardState } from './board-state.ts'

const FOUND = 8

type Card = BoardState['tasks'] extends ReadonlyMap<TaskId, infer One> ? One : never

/** What is looked into: of 10,000 cards it is not made anew with each letter typed. */
const folded = new WeakMap<Card, string>()

/** The cards of the open board in the palette, by title, key or number. */
export function useCardSource(state: BoardState, open: (id: TaskId) => void): void {
  const boardKey = state.board.key
  const keyOf = (card: Card) => `${boardKey}-${card.number}`
  const toChoice = (card: Card): Choice => ({
    id: card.id,
    title: card.title,
    hint: [keyOf(card), state.columns.find(({ id }) => id === card.column_id)?.name]
      .filter(Boolean)
      .join(' · '),
    keywords: keyOf(card),
    run: () => open(card.id),
  })
  usePaletteSource({
    id: 'cards',
    heading: texts.card.cardsOnBoard,
    search: (text) => {
      const query = fuzzyQuery(text)
      const number = numberIn(text, boardKey)
      const score = (card: Card) => (card.number === number ? 2 : scoreCard(query, card))
      return fuzzyBest(state.tasks.values(), score, FOUND).map(({ item }) => toChoice(item))
    },
  })
}

/** Of `RNG-12`, `rng 12`, `#12` or `12`. */
function numberIn(text: string, boardKey: string): number | null {
  const [, key, digits] = /^\s*(?:([a-z]\w*)[\s-]*|#)?(\d+)\s*$/i.exec(text) ?? []
  const isHere = key === undefined || key.toLowerCase() === boardKey.toLowerCase()
  return digits && isHere ? Number(digits) : null
}

function scoreCard(query: FuzzyQuery, card: Card): number {
  const text = folded.get(card) ?? foldText(card.title)
  folded.set(card, text)
  return fuzzyScore(query, text)
}
