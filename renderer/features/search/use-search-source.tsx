import { Archive, Search } from 'lucide-react'
import type { SearchHit } from '#shared/search.ts'
import type { Choice } from '../../lib/actions/offers.ts'
import { usePaletteSource } from '../../lib/actions/palette-sources.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'

const FOUND = 8

/** Cards of all boards in the palette, and the way to the page that shows more of them. */
export function useSearchSource(): void {
  useOffers({ 'search.open': { run: () => navigate({ page: 'search', text: '' }) } })
  usePaletteSource({
    id: 'search',
    heading: texts.search.cardsOnAllBoards,
    least: 2,
    searchLater: async (text, signal) => {
      const hits = await api.search.cards.query({ text: text.slice(0, 200), limit: FOUND }, { signal })
      return [...hits.map(choiceOf), ...(hits.length === FOUND ? [more(text)] : [])]
    },
  })
}

function choiceOf(hit: SearchHit): Choice {
  return {
    id: hit.task_id,
    title: hit.title.text,
    hint: [
      hit.key,
      hit.board_name,
      hit.is_archived ? texts.search.archived : hit.column_name,
      hit.snippet?.text,
    ]
      .filter(Boolean)
      .join(' · '),
    ...(hit.is_archived && { icon: <Archive /> }),
    isAnswer: true,
    run: () => navigate({ page: 'board', boardId: hit.board_id, taskId: hit.task_id }),
  }
}

function more(text: string): Choice {
  return {
    id: 'more',
    title: texts.search.searchAllBoardsForText(text),
    icon: <Search />,
    isAnswer: true,
    run: () => navigate({ page: 'search', text }),
  }
}
