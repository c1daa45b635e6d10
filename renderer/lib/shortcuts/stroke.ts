import { capital, isSign, writeStroke } from './combo.ts'

/** What is read of a keyboard event. */
export type KeyPress = Pick<
  KeyboardEvent,
  | 'key'
  | 'code'
  | 'ctrlKey'
  | 'metaKey'
  | 'altKey'
  | 'shiftKey'
  | 'isComposing'
  | 'keyCode'
  | 'getModifierState'
>

/** While a word is put together (Chinese, Japanese, accents), the browser tells this key code for every key. */
const COMPOSING = 229

/** Not yet a press of its own. */
const SILENT = new Set(
  'Shift Control Alt Meta AltGraph CapsLock NumLock ScrollLock Fn FnLock Hyper Super Process Unidentified Compose'.split(
    ' ',
  ),
)

/**
 * What was pressed, as a part of a combo; null when it is no press of a shortcut. The layout's own letter counts; where
 * that is no Latin one (Кириллица, ελληνικά …), the letter that is printed at the same place of a Latin keyboard.
 */
export function strokeOf(event: KeyPress, isMac: boolean): string | null {
  if (event.isComposing || event.keyCode === COMPOSING || SILENT.has(event.key)) return null
  const key = keyOf(event, isMac)
  const isOfTheSystem = event.metaKey && !isMac
  return key === null || isOfTheSystem ? null : writeStroke(modifiersOf(event, key, isMac), key)
}

function modifiersOf(event: KeyPress, key: string, isMac: boolean): Set<string> {
  // The key beside the space bar that makes third characters tells itself as Ctrl+Alt on Windows.
  const isThird = !isMac && event.getModifierState('AltGraph')
  const held = {
    Mod: isMac ? event.metaKey : event.ctrlKey && !isThird,
    Ctrl: isMac && event.ctrlKey,
    Alt: event.altKey && !isThird,
    Shift: event.shiftKey && !isSign(key),
  }
  return new Set(Object.entries(held).flatMap(([name, isHeld]) => (isHeld ? [name] : [])))
}

function keyOf(event: KeyPress, isMac: boolean): string | null {
  const { key } = event
  if (key === ' ') return 'Space'
  if (key === '+') return 'Plus'
  // Option makes other characters on a Mac: ⌥L is ¬, ⌥E waits for a vowel.
  if (isMac && event.altKey) return latinOf(event.code) ?? (key.length === 1 ? capital(key) : named(key))
  if (key.length > 1) return named(key)
  return isAscii(key) ? capital(key) : (latinOf(event.code) ?? capital(key))
}

function named(key: string): string | null {
  return key === 'Dead' ? null : key
}

function isAscii(key: string): boolean {
  return key.charCodeAt(0) < 128
}

function latinOf(code: string): string | null {
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? null
}
