import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import {
  type BoardState,
  type CardsByColumn,
  cardsByColumn,
  columnsInOrder,
  toBoardState,
} from './board-state.ts'

/** The board as it is known now; live events patch it in the cache, so it is read only once. */
export function useBoard(id: BoardId) {
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.board(id),
    queryFn: async ({ signal }) => {
      const detail = await api.boards.get.query({ id }, { signal })
      return toBoardState(detail, cache.getQueryData(keys.board(id)))
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
}

/** Changes the cached state of a board, if it is there. */
export function patchBoard(cache: QueryClient, id: BoardId, change: (state: BoardState) => BoardState): void {
  cache.setQueryData<BoardState>(keys.board(id), (state) => state && change(state))
}

/** Columns and their cards in the order in which they are drawn, with as few new arrays as possible. */
export function useBoardLayout(state: BoardState) {
  const before = useRef<CardsByColumn>(new Map())
  const columns = useMemo(() => columnsInOrder(state), [state])
  const cards = useMemo(() => {
    before.current = cardsByColumn(state, before.current)
    return before.current
  }, [state])
  return { columns, cards }
}
