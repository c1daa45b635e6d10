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

/** A place of what is scrolled, in pixels; `head` stays in sight above it. */
interface Place {
  x: number
  y: number
  width: number
  height: number
  head: number
}

/** Scrolls an element as far as it takes to show a place of it. */
export function bringIntoSight(element: HTMLElement | null, { x, y, width, height, head }: Place): void {
  if (!element) return
  const { scrollLeft, scrollTop, clientWidth } = element
  const room = element.clientHeight - head
  if (x < scrollLeft || x + width > scrollLeft + clientWidth) {
    element.scrollLeft = Math.max(0, x - clientWidth / 3)
  }
  if (y < scrollTop || y + height > scrollTop + room) element.scrollTop = y - room / 2
}

/** Whether a point of the screen is on an element. */
export function isInside(element: HTMLElement | null, x: number, y: number): boolean {
  const rect = element?.getBoundingClientRect()
  return rect !== undefined && x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom
}
