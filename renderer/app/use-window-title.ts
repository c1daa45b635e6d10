import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys } from '../lib/query-keys.ts'
import type { Route } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { api } from '../lib/trpc.ts'

/** Calls the window by what it shows, so that several can be told apart. */
export function useWindowTitle(route: Route): void {
  const boards = useQuery({ queryKey: keys.boards, queryFn: () => api.boards.list.query() })
  const name = nameOf(route, (id) => boards.data?.find((board) => board.id === id)?.name)
  useEffect(() => {
    document.title = name ? `${name} – ${texts.shell.app}` : texts.shell.app
  }, [name])
}

function nameOf(route: Route, boardName: (id: string) => string | undefined): string | undefined {
  if ('boardId' in route) return boardName(route.boardId)
  if (route.page === 'boards') return texts.boards.title
  if (route.page === 'agents') return texts.agents.title
  if (route.page === 'inbox') return texts.inbox.title
  if (route.page === 'settings' || route.page === 'keyboard') return texts.shell.settings
  return undefined
}
