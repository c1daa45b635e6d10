import { useLayoutEffect, useMemo, useRef } from 'react'
import { findOffer, runAction } from '../actions/offers.ts'
import { isMac } from '../is-mac.ts'
import { shortcutsAreHeld } from './held-shortcuts.ts'
import { createKeyHandler, type Press } from './key-handler.ts'
import { keyIndexOf } from './key-index.ts'
import { keyPlace } from './key-place.ts'
import { strokeOf } from './stroke.ts'
import { useKeymap } from './use-keymap.ts'

/** The one listener for keys of the window. Mount it once. */
export function useShortcuts(): void {
  const keymap = useKeymap()
  const index = useMemo(() => keyIndexOf(keymap), [keymap])
  const latest = useRef(index)
  latest.current = index
  // Not after the drawing: whoever sees the window can use its keys.
  useLayoutEffect(() => {
    const handler = createKeyHandler({
      index: () => latest.current,
      isMac,
      isOffered: (id) => findOffer(id) !== undefined,
      run: runAction,
    })
    const held = new WeakSet<Event>()
    const handle = (event: KeyboardEvent, isDone: (press: Press) => boolean) => {
      if (event.defaultPrevented || held.has(event)) return
      const stroke = strokeOf(event, isMac)
      if (stroke === null) return
      const press = { stroke, place: keyPlace(event), isRepeat: event.repeat, time: event.timeStamp }
      if (isDone(press)) event.preventDefault()
    }
    // Fields, menus and dialogs keep their keys for themselves, so what goes before them is heard on the way down.
    const early = (event: KeyboardEvent) => {
      if (shortcutsAreHeld()) held.add(event)
      else handle(event, handler.pressEarly)
    }
    const late = (event: KeyboardEvent) => handle(event, handler.press)
    window.addEventListener('keydown', early, { capture: true })
    window.addEventListener('keydown', late)
    window.addEventListener('blur', handler.forget)
    return () => {
      window.removeEventListener('keydown', early, { capture: true })
      window.removeEventListener('keydown', late)
      window.removeEventListener('blur', handler.forget)
    }
  }, [])
}
