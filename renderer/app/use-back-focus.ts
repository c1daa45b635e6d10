import { useEffect } from 'react'
import { type ControlMark, findMarked, markOf } from '../lib/control-mark.ts'

/** So long a page may take to be drawn, in milliseconds; later, nobody expects the focus to go there. */
const PATIENCE_MS = 2000
/** So long, in milliseconds, the page itself may put the focus where it belongs, before its heading is read out. */
const GRACE_MS = 150

/** The heading of the part of a page that its address leads to. */
const LANDING = 'main [data-landing]'

/**
 * Who goes back or forward is where they were on that page, as far as it is drawn again; else at its heading, which is read
 * out. Without it the focus would be nowhere, and Tab would begin at the side bar. What kept the focus keeps it.
 */
export function useBackFocus(): void {
  useEffect(() => {
    /** By the key of an entry of the history: what had the focus when it was left. */
    const left = new Map<string, ControlMark | null>()
    let arrival: AbortController | null = null
    const note = ({ from, navigationType }: NavigationCurrentEntryChangeEvent) => {
      left.set(from.key, markOf(document.activeElement))
      arrival?.abort()
      if (navigationType !== 'traverse') return
      arrival = new AbortController()
      settle(left.get(navigation.currentEntry?.key ?? '') ?? null, arrival.signal)
    }
    navigation.addEventListener('currententrychange', note)
    return () => {
      arrival?.abort()
      navigation.removeEventListener('currententrychange', note)
    }
  }, [])
}

/** Gives the focus to what is marked as soon as it is drawn, and to the heading of the page meanwhile. */
function settle(mark: ControlMark | null, signal: AbortSignal): void {
  let heading: HTMLElement | null = null
  let isHeadingDue = false
  const look = () => {
    const { activeElement, body } = document
    const isFree = activeElement === body || activeElement === heading || activeElement?.matches(LANDING)
    if (!isFree) return stop() // it is somewhere already
    const control = mark && findMarked(mark)
    control?.focus({ preventScroll: true })
    if (control && document.activeElement === control) {
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      return stop()
    }
    if (!isHeadingDue || activeElement !== body) return
    heading = headingOf()
    heading?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(look)
  let isOver = false
  const stop = () => {
    isOver = true
    observer.disconnect()
  }
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  within.addEventListener('abort', stop, { once: true })
  // The page that is left is still drawn now.
  setTimeout(() => {
    if (isOver) return
    observer.observe(document.body, { childList: true, subtree: true })
    look()
  }, 0)
  setTimeout(() => {
    isHeadingDue = true
    if (!isOver) look()
  }, GRACE_MS)
}

function headingOf(): HTMLElement | null {
  const heading =
    document.querySelector<HTMLElement>(LANDING) ??
    document.querySelector<HTMLElement>('main h1') ??
    document.querySelector<HTMLElement>('main')
  if (heading && heading.tabIndex < 0) heading.tabIndex = -1
  return heading
}
