import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/** Where the focus was in a list: in which row, and at which of its controls. */
interface Place {
  element: Element
  row: number
  control: number
}

const CONTROLS = 'a[href], button, input'

/**
 * Who is at a control of a row that goes is at the same one of the next row then, so that many are worked through by
 * keyboard; spread what it returns on the list.
 */
export function useRowFocus(list: RefObject<HTMLElement | null>) {
  const place = useRef<Place | null>(null)
  useLayoutEffect(() => {
    const left = place.current
    if (!left || left.element.isConnected || document.activeElement !== document.body) return
    const rows = [...(list.current?.children ?? [])]
    const controls = rows[Math.min(left.row, rows.length - 1)]?.querySelectorAll<HTMLElement>(CONTROLS)
    ;(controls?.[left.control] ?? controls?.[0])?.focus()
  })
  return {
    onFocus: ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
      const rows = [...currentTarget.children]
      const row = rows.findIndex((each) => each.contains(target))
      const control = [...(rows[row]?.querySelectorAll(CONTROLS) ?? [])].indexOf(target)
      place.current = { element: target, row, control }
    },
    // What is taken away while it has the focus loses it without a word.
    onBlur: () => {
      place.current = null
    },
  }
}
