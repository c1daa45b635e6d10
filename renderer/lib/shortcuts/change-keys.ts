import type { ActionId } from '../actions/catalogue.ts'
import { type Combo, collide } from './combo.ts'
import { type ChosenKeys, chooseKeys, conflictsOf, keymapOf } from './keymap.ts'

/** New keys for an action, beside those that it has or in the place of one of them. */
export interface KeyChange {
  id: ActionId
  combo: Combo
  replaced: Combo | null
}

/** The choices after the change; actions that have the same keys, or begin with them, lose those. */
export function takeKeys(chosen: ChosenKeys, change: KeyChange, isMac: boolean): ChosenKeys {
  const keymap = keymapOf(chosen, isMac)
  const others = conflictsOf(keymap, change.id, change.combo)
  const freed = others.reduce<ChosenKeys>((rest, other) => {
    const kept = keymap[other].filter((one) => !collide(one, change.combo))
    return chooseKeys(rest, other, kept, isMac)
  }, chosen)
  return put(freed, change, isMac)
}

/** The choices after the change, with the other action having the keys that are replaced; null when that cannot be. */
export function swapKeys(chosen: ChosenKeys, change: KeyChange, isMac: boolean): ChosenKeys | null {
  const { id, combo, replaced } = change
  const keymap = keymapOf(chosen, isMac)
  const [other, ...more] = conflictsOf(keymap, id, combo)
  if (replaced === null || other === undefined || more.length > 0) return null
  const given = keymap[other].map((one) => (collide(one, combo) ? replaced : one))
  const swapped = put(chooseKeys(chosen, other, [...new Set(given)], isMac), change, isMac)
  return conflictsOf(keymapOf(swapped, isMac), other, replaced).length > 0 ? null : swapped
}

export function withoutKeys(chosen: ChosenKeys, id: ActionId, combo: Combo, isMac: boolean): ChosenKeys {
  const kept = keymapOf(chosen, isMac)[id].filter((one) => one !== combo)
  return chooseKeys(chosen, id, kept, isMac)
}

function put(chosen: ChosenKeys, { id, combo, replaced }: KeyChange, isMac: boolean): ChosenKeys {
  const had = keymapOf(chosen, isMac)[id]
  const now = replaced === null ? [...had, combo] : had.map((one) => (one === replaced ? combo : one))
  return chooseKeys(chosen, id, [...new Set(now)], isMac)
}
