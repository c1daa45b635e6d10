import { isNowhere } from '../lib/is-nowhere.ts'

const CONTROLS = 'a[href], button, input'

/** What can have the focus in a row, in its order. */
export function controlsOf(row: Element | undefined): HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])]
}

/** Where a key leads from a row, of which -1 is before the first. */
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  j: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  k: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
}

type Press = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'target' | 'preventDefault'
>

/**
 * Arrow keys, J and K, Home and End: from a row to the same control of another one, and from outside into the list. Where
 * they lead nowhere they are not taken, so that they scroll.
 */
export function stepRows(press: Press, list: HTMLElement | null): void {
  const step = Object.hasOwn(STEPS, press.key) ? STEPS[press.key] : undefined
  if (!step || !list || press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return
  const rows = [...list.children]
  const at = rows.findIndex((row) => press.target instanceof Node && row.contains(press.target))
  const row = rows[step(at, rows.length - 1)]
  if (!row) return
  const here: readonly (EventTarget | null)[] = controlsOf(rows[at])
  const controls = controlsOf(row)
  press.preventDefault()
  ;(controls[here.indexOf(press.target)] ?? controls[0])?.focus()
}

/** The same for a press that is for nothing else on the page; not where the list lies above a page, or a dialog above it. */
export function stepRowsOfPage(press: KeyboardEvent, list: HTMLElement | null): void {
  if (press.defaultPrevented || !isNowhere() || !list?.closest('main')) return
  if (document.querySelector('dialog:modal') === null) stepRows(press, list)
}
