import { ACTION_IDS } from '../actions/catalogue.ts'
import { isMac } from '../is-mac.ts'
import { usePreferences } from '../use-preferences.ts'
import { type ChosenKeys, defaultKeys } from './keymap.ts'
import { useKeymap } from './use-keymap.ts'

/** The keymap, and the way to change it. */
export function useShortcutChoices() {
  const { preferences, update } = usePreferences()
  const keymap = useKeymap()
  const isChanged = (id: (typeof ACTION_IDS)[number]) =>
    keymap[id].join('\n') !== defaultKeys(id, isMac).join('\n')
  return {
    keymap,
    chosen: preferences.shortcuts,
    isChanged,
    changed: ACTION_IDS.filter(isChanged).length,
    save: (chosen: ChosenKeys) =>
      update({
        shortcuts: Object.fromEntries(Object.entries(chosen).map(([id, keys]) => [id, [...keys]])),
      }),
  }
}
