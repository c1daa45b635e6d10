import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { FIRST_CARDS } from '#shared/first-questions.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { type BoardState, columnsInOrder, toBoardState } from './board-state.ts'
import { withPage } from './change-cards.ts'
import { confirmBoard } from './confirm-board.ts'

const PAGE = 1000
const RETRY_MS = 1000

/** The board as it is known now; live events patch it in the cache, so it is read only once. */
export function useBoard(id: BoardId) {
  const cache = useQueryClient()
  const query = useQuery(boardQuery(cache, id))
  const snapshot = query.data?.isOfLastTime ? undefined : query.data?.snapshot
  useEffect(() => {
    if (!snapshot) return
    const end = new AbortController()
    void readRest(cache, id, snapshot, end.signal)
    return () => end.abort()
  }, [cache, id, snapshot])
  return query
}

/** How a board is read. */
export function boardQuery(cache: QueryClient, id: BoardId) {
  return queryOptions({
    queryKey: keys.board(id),
    queryFn: async ({ signal }) => {
      const opened = await api.boards.open.query({ id, per_column: FIRST_CARDS }, { signal })
      const before = cache.getQueryData<BoardState>(keys.board(id))
      return before?.isOfLastTime ? confirmBoard(opened, before) : toBoardState(opened, before)
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
}

/** Reads all further cards of a board, page by page, while the first ones are on the screen. */
async function readRest(
  cache: QueryClient,
  id: BoardId,
  snapshot: symbol,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const state = cache.getQueryData<BoardState>(keys.board(id))
    if (state?.snapshot !== snapshot || !state.loading) return
    try {
      const input = { board_id: id, after: state.loading.after, limit: PAGE }
      const page = await api.boards.cards.query(input, { signal })
      patchBoard(cache, id, (now) => (now.snapshot === snapshot ? withPage(now, page) : now))
    } catch (error) {
      if (errorFacts(error).code === 'NOT_FOUND') return
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** Changes the cached state of a board, if it is there. */
export function patchBoard(cache: QueryClient, id: BoardId, change: (state: BoardState) => BoardState): void {
  cache.setQueryData<BoardState>(keys.board(id), (state) => state && change(state))
}

/**
 * The board as it is now, whether or not it is on the screen: what the window keeps of a board that is not shown is not
 * told of changes any more.
 */
export async function readBoardNow(cache: QueryClient, id: BoardId): Promise<BoardState> {
  const query = cache.getQueryCache().find<BoardState>({ queryKey: keys.board(id) })
  if (query?.isActive() && query.state.data) return query.state.data
  let state = toBoardState(await api.boards.open.query({ id, per_column: 1 }))
  while (state.loading) {
    const page = await api.boards.cards.query({ board_id: id, after: state.loading.after, limit: PAGE })
    state = withPage(state, page)
  }
  return state
}

/**
 * The board with all its cards: waits while they are coming, and reads them itself where nobody looks at the board any
 * more. What the window knows of it, where the app does not answer.
 */
export async function readWholeBoard(cache: QueryClient, id: BoardId): Promise<BoardState | undefined> {
  await whenLoaded(cache, id)
  return readBoardNow(cache, id).catch(() => cache.getQueryData<BoardState>(keys.board(id)))
}

/** Resolves once no more cards of a board are coming to this window. */
function whenLoaded(cache: QueryClient, id: BoardId): Promise<void> {
  const isLoaded = () => {
    const query = cache.getQueryCache().find<BoardState>({ queryKey: keys.board(id) })
    return !query?.isActive() || !query.state.data?.loading
  }
  if (isLoaded()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = cache.getQueryCache().subscribe(() => {
      if (!isLoaded()) return
      stop()
      resolve()
    })
  })
}

/** Columns and their cards in the order in which they are drawn. */
export function useBoardLayout(state: BoardState) {
  const { columns: known, columnMoves, cards } = state
  const columns = useMemo(() => columnsInOrder({ columns: known, columnMoves }), [known, columnMoves])
  return { columns, cards }
}
