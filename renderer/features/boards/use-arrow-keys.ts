import { type KeyboardEvent, useState } from 'react'

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** Lets arrow keys go from link to link as they lie on the screen, in rows or in a grid; Tab stops at one of them. */
export function useArrowKeys(selector: string) {
  const [stop, setStop] = useState<string | null>(null)
  const linksIn = (root: Element) => [...root.querySelectorAll<HTMLAnchorElement>(selector)]
  const focus = (link: HTMLAnchorElement | undefined) => {
    if (!link) return
    setStop(link.getAttribute('href'))
    link.focus()
  }
  return {
    stop,
    /** From the search field into the list. */
    enter: (root: Element | null) => root && focus(linksIn(root)[0]),
    onFocus: (event: { target: Element }) => {
      const link = event.target.closest('li')?.querySelector(selector)
      if (link) setStop(link.getAttribute('href'))
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!(event.target instanceof HTMLAnchorElement) || event.altKey || event.ctrlKey || event.metaKey)
        return
      const to = targetOf(event.key, event.target, linksIn(event.currentTarget))
      if (!to) return
      event.preventDefault()
      focus(to)
    },
  }
}

function targetOf(key: string, from: Element, links: readonly HTMLAnchorElement[]) {
  if (key === 'Home') return links[0]
  if (key === 'End') return links.at(-1)
  const step = STEPS[key]
  return step && nearest(from, links, step)
}

/** The next one in a direction: the nearest row or column first, in it the nearest place. */
function nearest(
  from: Element,
  links: readonly HTMLAnchorElement[],
  [x, y]: readonly [number, number],
): HTMLAnchorElement | undefined {
  const at = from.getBoundingClientRect()
  const ahead = links
    .map((link) => {
      const box = link.getBoundingClientRect()
      const [across, down] = [box.left - at.left, box.top - at.top]
      return x === 0
        ? { link, way: down * y, aside: Math.abs(across) }
        : { link, way: across * x, aside: Math.abs(down) }
    })
    // Beside means in the same row.
    .filter(({ way, aside }) => way >= 2 && (x === 0 || aside < 2))
  const row = Math.min(...ahead.map(({ way }) => way))
  return ahead.filter(({ way }) => way < row + 2).toSorted((one, other) => one.aside - other.aside)[0]?.link
}
