import { useEffect } from 'react'
import { useOffers } from '../lib/actions/use-offers.ts'
import { openInNewWindow } from '../lib/open-window.ts'
import type { Route } from '../lib/route.ts'

const BACK_BUTTON = 3
const FORWARD_BUTTON = 4

/** Goes back and forward by key, palette and the side buttons of a mouse, and takes a place into a window of its own. */
export function useWayBack(route: Route): void {
  useOffers({
    'go.back': { run: () => history.back() },
    'go.forward': { run: () => history.forward() },
    'window.open_here': { run: () => openInNewWindow(route) },
  })
  useEffect(() => {
    const go = (event: MouseEvent) => {
      if (event.button !== BACK_BUTTON && event.button !== FORWARD_BUTTON) return
      event.preventDefault()
      if (event.button === BACK_BUTTON) history.back()
      else history.forward()
    }
    addEventListener('mouseup', go)
    return () => removeEventListener('mouseup', go)
  }, [])
}
