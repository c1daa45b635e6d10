import { useQueryClient } from '@tanstack/react-query'
import { SquareKanban } from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import type { Choice } from '../lib/actions/offers.ts'
import { usePaletteSource } from '../lib/actions/palette-sources.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../lib/fuzzy.ts'
import { keys } from '../lib/query-keys.ts'
import { navigate, type Route } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'

const FOUND = 6

/** The boards in the palette: to be found by name or key, and all of them on the page "Go to board…". */
export function usePaletteBoards(route: Route): void {
  const cache = useQueryClient()
  // The side bar keeps the list up to date; here it is only read when it is asked for.
  const boards = () => cache.getQueryData<BoardListItem[]>(keys.boards) ?? []
  const current = route.page === 'board' ? route.boardId : null
  const toChoice = (board: BoardListItem): Choice => ({
    id: board.id,
    title: board.name,
    hint: board.id === current ? texts.app.openNow(board.key) : board.key,
    keywords: board.key,
    icon: <SquareKanban />,
    run: () => navigate({ page: 'board', boardId: board.id, taskId: null }),
  })
  useOffers({
    'board.switch': { choices: () => boards().map(toChoice), isEnabled: () => boards().length > 0 },
  })
  usePaletteSource({
    id: 'boards',
    heading: texts.app.boards,
    search: (text) => {
      const query = fuzzyQuery(text)
      const score = (board: BoardListItem) => fuzzyScore(query, foldText(`${board.name} ${board.key}`))
      return fuzzyBest(boards(), score, FOUND).map(({ item }) => toChoice(item))
    },
  })
}
