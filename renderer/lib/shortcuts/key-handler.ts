import { ACTIONS, type ActionId } from '../actions/catalogue.ts'
import { isForFields } from './combo.ts'
import { type KeyIndex, matchStrokes } from './key-index.ts'
import { isControlKey, type KeyPlace } from './key-place.ts'

export interface Press {
  stroke: string
  place: KeyPlace
  /** The key is held down. */
  isRepeat: boolean
  /** In milliseconds, of any clock. */
  time: number
}

interface HandlerParts {
  /** Read at each press. */
  index: () => KeyIndex
  isMac: boolean
  /** Whether somebody offers the action now. */
  isOffered: (id: ActionId) => boolean
  run: (id: ActionId) => boolean
}

/** So long the presses of a combo may lie apart, in milliseconds. */
const PATIENCE_MS = 1_500

/** Turns presses into actions. It knows no browser, so that all of it can be tested. */
export function createKeyHandler({ index, isMac, isOffered, run }: HandlerParts) {
  let pending: readonly string[] = []
  let pendingAt = 0

  const may = (id: ActionId, { place, isRepeat }: Press) =>
    isAllowed(id, place) && (!isRepeat || ACTIONS[id].repeats === true) && isOffered(id)

  /** Whether an action was done. */
  function press(now: Press): boolean {
    if (now.time - pendingAt > PATIENCE_MS) pending = []
    if (isTaken(now, isMac, pending.length > 0)) return false
    const pressed = [...pending, now.stroke]
    const { complete, begun } = matchStrokes(index(), pressed)
    if (complete.some((id) => may(id, now) && run(id))) {
      pending = []
      return true
    }
    if (begun.some((id) => may(id, now))) {
      pending = pressed
      pendingAt = now.time
      return false
    }
    if (now.isRepeat || pending.length === 0) return false
    // It did not go on as begun: the press counts for itself.
    pending = []
    return press(now)
  }

  /** The same for what goes before fields, menus and dialogs; other presses it leaves as they are. */
  function pressEarly(now: Press): boolean {
    if (isTaken(now, isMac, false)) return false
    const isEarly = (id: ActionId) =>
      ACTIONS[id].isEverywhere === true || (now.place.isInDialog && ACTIONS[id].scope === 'dialog')
    const { complete } = matchStrokes(index(), [now.stroke])
    const isDone = complete.some((id) => isEarly(id) && may(id, now) && run(id))
    if (isDone) pending = []
    return isDone
  }

  return {
    press,
    pressEarly,
    /** What was begun is not gone on with. */
    forget: () => {
      pending = []
    },
  }
}

/** Whether the press belongs to what has the focus. */
function isTaken({ stroke, place }: Press, isMac: boolean, isBegun: boolean): boolean {
  if (place.isInField || place.isInMenu) return isForFields(stroke, isMac)
  return place.isOnControl && !isBegun && isControlKey(stroke)
}

/** In a field and above a dialog only few actions are meant; in a dialog its own ones besides. */
function isAllowed(id: ActionId, place: KeyPlace): boolean {
  const { scope, isEverywhere } = ACTIONS[id]
  if (isEverywhere) return true
  if (place.isInDialog) return scope === 'dialog'
  return scope !== 'dialog' && !place.isInField && !place.isInMenu
}
