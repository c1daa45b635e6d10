import { useEffect } from 'react'
import { lastFocus } from './last-focus.ts'

/** What has the focus at first: a field to write in, else the button that says yes. */
const FIRST = 'input:not(:disabled), textarea, button[type="submit"]:not(:disabled)'

/**
 * Opens a `dialog` element above the page for as long as it is mounted. The browser's own element: it keeps the focus
 * inside, makes the rest inert and gives the focus back, all without the style tags that our content policy forbids.
 */
export function useModal(element: HTMLDialogElement | null): void {
  useEffect(() => {
    if (!element) return
    const before = lastFocus()
    element.showModal()
    element.querySelector<HTMLElement>(FIRST)?.focus()
    return () => {
      element.close()
      if (before?.isConnected) before.focus()
    }
  }, [element])
}
