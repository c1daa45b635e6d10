import { ACTION_IDS, ACTIONS, type ActionId } from '../actions/catalogue.ts'
import { strokesOf } from './combo.ts'
import type { Keymap } from './keymap.ts'

interface Binding {
  id: ActionId
  strokes: readonly string[]
}

/** The bindings by their first press, those of the narrowest scope first. */
export type KeyIndex = ReadonlyMap<string, readonly Binding[]>

const NARROWNESS = { dialog: 0, list: 1, card: 2, board: 3, global: 4 } as const

export function keyIndexOf(keymap: Keymap): KeyIndex {
  const index = new Map<string, Binding[]>()
  const ids = ACTION_IDS.toSorted((a, b) => NARROWNESS[ACTIONS[a].scope] - NARROWNESS[ACTIONS[b].scope])
  for (const id of ids) {
    for (const combo of keymap[id]) {
      const strokes = strokesOf(combo)
      const [first = ''] = strokes
      index.set(first, [...(index.get(first) ?? []), { id, strokes }])
    }
  }
  return index
}

export interface Match {
  /** Actions for which all was pressed, the narrowest first. */
  complete: readonly ActionId[]
  /** Actions that want more presses. */
  begun: readonly ActionId[]
}

/** What the presses, the last one included, mean. */
export function matchStrokes(index: KeyIndex, pressed: readonly string[]): Match {
  const fitting = (index.get(pressed[0] ?? '') ?? []).filter(({ strokes }) =>
    pressed.every((stroke, at) => strokes[at] === stroke),
  )
  return {
    complete: fitting.filter(({ strokes }) => strokes.length === pressed.length).map(({ id }) => id),
    begun: fitting.filter(({ strokes }) => strokes.length > pressed.length).map(({ id }) => id),
  }
}
