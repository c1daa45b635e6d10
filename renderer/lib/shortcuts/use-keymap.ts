import { useMemo } from 'react'
import type { Preferences } from '#shared/preferences.ts'
import type { ActionId } from '../actions/catalogue.ts'
import { isMac } from '../is-mac.ts'
import { usePreference } from '../use-preferences.ts'
import { ariaCombo, comboText } from './format-combo.ts'
import { type ChosenKeys, type Keymap, keymapOf } from './keymap.ts'

const shortcutsOf = ({ shortcuts }: Preferences) => shortcuts
const known = new WeakMap<ChosenKeys, Keymap>()

/** What is pressed for each action now. */
export function useKeymap(): Keymap {
  const shortcuts = usePreference(shortcutsOf)
  return useMemo(() => {
    // Shared by all who ask: a card's menu must not work it out anew.
    const keymap = known.get(shortcuts) ?? keymapOf(shortcuts, isMac)
    known.set(shortcuts, keymap)
    return keymap
  }, [shortcuts])
}

/** The first shortcut of an action in one line, for tooltips and menus; undefined when it has none. */
export function useShortcut(id: ActionId): string | undefined {
  return shortcutText(useKeymap(), id)
}

/** The same, where the keymap is at hand. */
export function shortcutText(keymap: Keymap, id: ActionId): string | undefined {
  const [combo] = keymap[id]
  return combo && comboText(combo, isMac)
}

/** The same, for a button's `aria-keyshortcuts`. */
export function useAriaShortcut(id: ActionId): string | undefined {
  const [combo] = useKeymap()[id]
  return combo && ariaCombo(combo, isMac)
}
