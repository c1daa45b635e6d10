/**
 * What is pressed for an action, as text: `C`, `Mod+Shift+K`, `?`, or several presses in a row, `G B`. `Mod` is ⌘ on a Mac
 * and Ctrl elsewhere. A letter stands for its key; any other character for itself, however the layout makes it, so that
 * Shift is never written with one.
 */
export type Combo = string

const MODIFIERS = ['Mod', 'Ctrl', 'Alt', 'Shift'] as const
type Modifier = (typeof MODIFIERS)[number]

const NAMED =
  /^(Arrow(Up|Down|Left|Right)|Enter|Escape|Space|Tab|Delete|Backspace|Home|End|PageUp|PageDown|Insert|Plus|F([1-9]|1\d|2[0-4]))$/

/** More presses than these in a row nobody remembers. */
const MAX_STROKES = 3

/** The combo in its one spelling, or null when it is none. */
export function parseCombo(text: string): Combo | null {
  const strokes = text.trim().split(/\s+/)
  if (strokes.length > MAX_STROKES) return null
  const parsed = strokes.map(parseStroke)
  return parsed.includes(null) ? null : parsed.join(' ')
}

function parseStroke(text: string): string | null {
  const parts = text.split('+')
  const key = parseKey(parts.pop() ?? '')
  const modifiers = new Set(parts)
  if (key === null || modifiers.size !== parts.length) return null
  if (!parts.every(isModifier)) return null
  if (modifiers.has('Shift') && isSign(key)) return null
  return writeStroke(modifiers, key)
}

function isModifier(text: string): text is Modifier {
  return MODIFIERS.some((one) => one === text)
}

function parseKey(text: string): string | null {
  if (text.length === 1) return capital(text)
  return NAMED.test(text) ? text : null
}

/** A character as it is written in a combo; ß, which has no capital of its own, stays. */
export function capital(character: string): string {
  const upper = character.toUpperCase()
  return upper.length === 1 ? upper : character
}

/** A printed character that is no letter. */
export function isSign(key: string): boolean {
  return key === 'Plus' || (key.length === 1 && key.toLowerCase() === key.toUpperCase())
}

export function writeStroke(modifiers: ReadonlySet<string>, key: string): string {
  return [...MODIFIERS.filter((one) => modifiers.has(one)), key].join('+')
}

export function strokesOf(combo: Combo): readonly string[] {
  return combo.split(' ')
}

/** Whether the press would write into a field, or move about in it, so that it is no shortcut there. */
export function isForFields(stroke: string, isMac: boolean): boolean {
  const parts = stroke.split('+')
  const key = parts.pop() ?? ''
  if (/^F\d/.test(key)) return false
  return !parts.some((one) => one === 'Mod' || one === 'Ctrl' || (one === 'Alt' && !isMac))
}

/** Whether the same presses could mean either: they are the same, or one is the beginning of the other. */
export function collide(a: Combo, b: Combo): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `)
}
