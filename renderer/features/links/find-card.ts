import type { TaskCard } from '#shared/task.ts'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../../lib/fuzzy.ts'

const SHOWN = 20

/** What is looked into: of 10,000 cards it is not made anew with each letter typed. */
const folded = new WeakMap<TaskCard, string>()

/** Cards by key, number or title, the best first; with nothing typed those that changed last. */
export function findCards(text: string, cards: Iterable<TaskCard>, boardKey: string): TaskCard[] {
  const number = numberIn(text, boardKey)
  const query = fuzzyQuery(text)
  const score = (card: TaskCard) => {
    if (text === '') return card.updated_at.getTime()
    return card.number === number ? 2 : fuzzyScore(query, foldedTitle(card))
  }
  return fuzzyBest(cards, score, SHOWN).map(({ item }) => item)
}

function foldedTitle(card: TaskCard): string {
  const title = folded.get(card) ?? foldText(card.title)
  folded.set(card, title)
  return title
}

/** Of `RNG-12`, `rng 12`, `#12` or `12`. */
function numberIn(text: string, boardKey: string): number | null {
  const [, key, digits] = /^(?:([a-z]\w*)[\s-]*|#)?(\d+)$/i.exec(text) ?? []
  const isHere = key === undefined || key.toLowerCase() === boardKey.toLowerCase()
  return digits && isHere ? Number(digits) : null
}
