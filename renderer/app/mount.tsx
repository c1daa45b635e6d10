import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { LastScreen } from '#shared/last-screen.ts'
import { bridge } from '../lib/bridge.ts'
import { connection } from '../lib/connection.ts'
import { firstAnswers } from '../lib/first-answers.ts'
import { parseRoute } from '../lib/route.ts'
import { queryClient } from '../lib/trpc.ts'
import { App } from './app.tsx'
import { drawLastScreen } from './draw-last-screen.ts'
import { FirstDrawing } from './first-drawing.tsx'
import { readFirst } from './first-queries.ts'

/**
 * Puts the app in the place of the first paint: whole, where its first answers have come already, or with those of last time
 * until they come. `last` is null where nothing was kept, and the first questions have been asked.
 */
export async function mount(root: HTMLElement, last: Promise<LastScreen | null> | null): Promise<void> {
  const confirm = last && (await drawLast(last))
  if (!confirm) {
    const answers = readFirst(queryClient, parseRoute(location.hash)).then(markAnswered)
    await Promise.race([answers, new Promise((resolve) => setTimeout(resolve))])
  }
  const onDrawn = () => {
    bridge?.drawn()
    confirm?.()
  }
  createRoot(root).render(
    <StrictMode>
      <FirstDrawing onDrawn={onDrawn}>
        <App />
      </FirstDrawing>
    </StrictMode>,
  )
}

/** In the timeline of the page, for who measures a start (`npm run bench start`). */
function markAnswered(): void {
  performance.mark('rangers:answered')
}

/** What asks the app for the truth afterwards; null, and it is asked already: what was kept cannot be drawn. */
async function drawLast(last: Promise<LastScreen | null>): Promise<(() => void) | null> {
  const screen = await last
  const confirm = screen && drawLastScreen(queryClient, screen, parseRoute(location.hash))
  const ask = () => firstAnswers.ask(connection, location.hash)
  if (!confirm) {
    ask()
    return null
  }
  return () => {
    ask()
    void confirm().then(markAnswered)
  }
}
