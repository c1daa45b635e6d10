import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { isMac } from '../lib/is-mac.ts'
import { controlsOf, stepRows, stepRowsOfPage } from './step-rows.ts'

/** Where the focus was in a list: in which row, and at which of its controls. */
interface Place {
  element: Element
  row: number
  control: number
}

/**
 * Many rows are worked through by keyboard: keys lead from row to row, and who is at a control of a row that goes is at the
 * same one of the next row then; at what stands in place of the list when it was the last. What it returns is spread on the
 * list, but for `readMore` (call it as the next page is asked for by a button that goes with the last one) and `ofBar`.
 */
export function useRowFocus(
  list: RefObject<HTMLElement | null>,
  rest: RefObject<HTMLElement | null>,
  onSelectAll?: () => void,
) {
  const place = useRef<Place | null>(null)
  useLayoutEffect(() => {
    const left = place.current
    if (!left || left.element.isConnected || document.activeElement !== document.body) return
    const rows = [...(list.current?.children ?? [])]
    const controls = controlsOf(rows[Math.min(left.row, rows.length - 1)])
    ;(controls[left.control] ?? controls[0] ?? rest.current)?.focus()
  })
  useEffect(() => {
    const step = (event: globalThis.KeyboardEvent) => stepRowsOfPage(event, list.current)
    window.addEventListener('keydown', step)
    return () => window.removeEventListener('keydown', step)
  }, [list])
  // What is taken away while it has the focus loses it without a word.
  const onBlur = () => {
    place.current = null
  }
  return {
    readMore: () => {
      const { activeElement } = document
      const row = list.current?.children.length ?? 0
      if (activeElement) place.current = { element: activeElement, row, control: 0 }
    },
    onFocus: ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
      const rows = [...currentTarget.children]
      const row = rows.findIndex((each) => each.contains(target))
      const controls: readonly Element[] = controlsOf(rows[row])
      place.current = { element: target, row, control: controls.indexOf(target) }
    },
    onBlur,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      stepRows(event.nativeEvent, event.currentTarget)
      if (!onSelectAll || event.key.toLowerCase() !== 'a' || event.shiftKey || event.altKey) return
      if (!(isMac ? event.metaKey : event.ctrlKey)) return
      event.preventDefault()
      onSelectAll()
    },
    /** For what stands above the rows, and goes when it has done its work. */
    ofBar: {
      onFocus: ({ target }: FocusEvent<HTMLElement>) => {
        place.current = { element: target, row: 0, control: 0 }
      },
      onBlur,
    },
  }
}
