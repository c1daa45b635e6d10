import type { ActionSpec, Scope } from '../actions/action-spec.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from '../actions/catalogue.ts'
import { type Combo, collide, parseCombo } from './combo.ts'

/** What is pressed for each action now. */
export type Keymap = Readonly<Record<ActionId, readonly Combo[]>>

/** What a person chose instead of the defaults; as it is stored, so it may name actions that are gone. */
export type ChosenKeys = Readonly<Record<string, readonly string[]>>

export function defaultKeys(id: ActionId, isMac: boolean): readonly Combo[] {
  const { keys, mac }: ActionSpec = ACTIONS[id]
  return (isMac ? mac : undefined) ?? keys ?? []
}

/** The defaults with what was chosen instead; what is no combo is passed over. */
export function keymapOf(chosen: ChosenKeys, isMac: boolean): Keymap {
  const entries = ACTION_IDS.map((id) => [id, readKeys(chosen[id]) ?? defaultKeys(id, isMac)])
  return Object.fromEntries(entries)
}

/** Chosen to have none is a choice; nothing but junk is not. */
function readKeys(stored: readonly string[] | undefined): readonly Combo[] | undefined {
  if (!stored) return undefined
  const combos = [...new Set(stored.map(parseCombo).filter((combo) => combo !== null))]
  return combos.length === 0 && stored.length > 0 ? undefined : combos
}

/** The choices with these keys for an action; what is as by default is not kept. */
export function chooseKeys(
  chosen: ChosenKeys,
  id: ActionId,
  combos: readonly Combo[],
  isMac: boolean,
): Record<string, string[]> {
  const kept = Object.entries(chosen).filter(([one]) => one !== id)
  const isDefault = combos.join('\n') === defaultKeys(id, isMac).join('\n')
  const all = isDefault ? kept : [...kept, [id, combos] as const]
  return Object.fromEntries(all.map(([one, keys]) => [one, [...keys]]))
}

/** The actions that could not be told from this one if it had these keys. */
export function conflictsOf(keymap: Keymap, id: ActionId, combo: Combo): ActionId[] {
  return ACTION_IDS.filter(
    (other) =>
      other !== id &&
      overlap(ACTIONS[id].scope, ACTIONS[other].scope) &&
      keymap[other].some((one) => collide(one, combo)),
  )
}

/** Whether both can be done at the same moment. Within a list, and within a dialog, its own keys hold. */
function overlap(a: Scope, b: Scope): boolean {
  if (a === b) return true
  if (a === 'dialog' || b === 'dialog') return false
  if (a === 'list' || b === 'list') return a === 'global' || b === 'global'
  return true
}
