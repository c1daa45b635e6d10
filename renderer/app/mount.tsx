import '@fontsource-variable/inter/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { boardQuery } from '../features/board/use-board.ts'
import { boardsQuery } from '../features/boards/use-boards.ts'
import { parseRoute } from '../lib/route.ts'
import { queryClient } from '../lib/trpc.ts'
import { preferencesQuery } from '../lib/use-preferences.ts'
import { App } from './app.tsx'

const FONT = '1em "Inter Variable"'

/** Puts the app in the place of the first paint: whole, where its first answers have come already. */
export async function mount(root: HTMLElement): Promise<void> {
  const answers = readFirst()
  // While the answers are awaited: asked for with the first text, it would come after it, and all be laid out again.
  document.fonts.load(FONT).catch(() => {}) // the system's serves as well
  await Promise.race([answers, new Promise((resolve) => setTimeout(resolve))])
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

/** All that was asked is taken here: what failed is in the cache, and is read anew by whoever draws it. */
function readFirst(): Promise<unknown> {
  const route = parseRoute(location.hash)
  return Promise.all([
    queryClient.prefetchQuery(preferencesQuery),
    queryClient.prefetchQuery(boardsQuery),
    route.page === 'board' && queryClient.prefetchQuery(boardQuery(queryClient, route.boardId)),
  ])
}
