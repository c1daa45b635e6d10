import { useEffect } from 'react'

let holders = 0

/** While something else takes every key: a drag, or the recording of a shortcut. */
export function shortcutsAreHeld(): boolean {
  return holders > 0
}

/** No shortcut works while this is mounted and `isHeld`. */
export function useHeldShortcuts(isHeld: boolean): void {
  useEffect(() => {
    if (!isHeld) return
    holders += 1
    return () => {
      holders -= 1
    }
  }, [isHeld])
}
