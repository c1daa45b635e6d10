import { useEffect, useState } from 'react'

/** In pixels. */
export interface Sight {
  left: number
  top: number
  width: number
  height: number
}

/** What of a scrolled element is on the screen. */
export function useSight(scroller: { readonly current: HTMLElement | null }): Sight {
  const [sight, setSight] = useState<Sight>({ left: 0, top: 0, width: 0, height: 0 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () =>
      setSight({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
      })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  return sight
}
