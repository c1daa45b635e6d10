import { type FoundCard, findCardByKey, searchCards } from '#db/queries/search.ts'
import { markWords, snippetOf, wordsOf } from '#shared/mark-words.ts'
import type { SearchCards, SearchHit } from '#shared/search.ts'
import type { AppContext } from '../context.ts'

const KEY = /^([A-Z][A-Z0-9]{0,9})-(\d{1,9})$/

/** Cards of all live boards, or of one; nothing for a text without a word. */
export async function searchAllCards(
  { db }: Pick<AppContext, 'db'>,
  { text, limit, board_id: boardId }: SearchCards,
): Promise<SearchHit[]> {
  const words = wordsOf(text)
  if (words.length === 0) return []
  const [, key, number] = KEY.exec(text.toUpperCase()) ?? []
  const options = { boardId, limit }
  const [named, found] = await Promise.all([
    key && number ? findCardByKey(db, { key, number: Number(number) }, options) : null,
    searchCards(db, words, options),
  ])
  const hits = found
    .filter((card) => card.task_id !== named?.task_id)
    .map((card) => hitOf(card, words, card.in_title ? 'title' : card.comment === null ? 'body' : 'comment'))
  return named ? [hitOf(named, [], 'key'), ...hits].slice(0, limit) : hits
}

function hitOf(
  { board_key, number, title, in_title, body, comment, ...card }: FoundCard,
  words: readonly string[],
  found_in: SearchHit['found_in'],
): SearchHit {
  return {
    ...card,
    key: `${board_key}-${number}`,
    title: markWords(title, words),
    found_in,
    snippet: in_title ? null : snippetOf(comment ?? body, words),
  }
}
