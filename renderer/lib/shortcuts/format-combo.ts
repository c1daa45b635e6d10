import { texts } from '../texts/texts.ts'
import { type Combo, strokesOf } from './combo.ts'

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: texts.shortcuts.esc,
  Delete: texts.shortcuts.del,
  PageUp: texts.shortcuts.pageUp,
  PageDown: texts.shortcuts.pageDown,
  Plus: '+',
}

const PC: Readonly<Record<string, string>> = { ...NAMES, Mod: 'Ctrl' }
const MAC: Readonly<Record<string, string>> = {
  ...NAMES,
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
}

/** On a Mac the main modifier stands last, right before the key. */
const MAC_ORDER = ['Ctrl', 'Alt', 'Shift', 'Mod']

/** The names of the keys to press, for each press of the combo. */
export function comboKeys(combo: Combo, isMac: boolean): string[][] {
  return strokesOf(combo).map((stroke) => {
    const parts = stroke.split('+')
    const key = parts.pop() ?? ''
    const modifiers = isMac ? MAC_ORDER.filter((one) => parts.includes(one)) : parts
    const names = isMac ? MAC : PC
    return [...modifiers, key].map((part) => names[part] ?? part)
  })
}

/** The combo in one line: `Ctrl+K`, `⌘K`, `G then B`. */
export function comboText(combo: Combo, isMac: boolean): string {
  return comboKeys(combo, isMac)
    .map((keys) => keys.join(isMac ? '' : '+'))
    .join(texts.shortcuts.inTurn)
}

const SPOKEN: Readonly<Record<string, string>> = { Ctrl: 'Control', Plus: '+' }

/** For `aria-keyshortcuts`, which knows no presses in a row. */
export function ariaCombo(combo: Combo, isMac: boolean): string | undefined {
  if (strokesOf(combo).length > 1) return undefined
  const parts = combo.split('+').map((part) => SPOKEN[part] ?? part)
  return parts.map((part) => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : part)).join('+')
}
