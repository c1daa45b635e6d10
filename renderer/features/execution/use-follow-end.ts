import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** Nearer to the end than this counts as reading along, in pixels. */
const NEAR = 48

/** Keeps the end of what grows in sight until the reader scrolls up, and again when they are back at the end. */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>, height: number) {
  const [isFollowing, setFollowing] = useState(true)

  // The height changes when rows come, grow or are measured: each time, the end is where the reader wants to be.
  useLayoutEffect(() => {
    const element = scroller.current
    if (isFollowing && element && height > 0) element.scrollTop = element.scrollHeight
  }, [isFollowing, height, scroller])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let last = element.scrollTop
    const note = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      if (isNear) setFollowing(true)
      else if (element.scrollTop < last) setFollowing(false)
      last = element.scrollTop
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [scroller])

  return { isFollowing, setFollowing }
}
