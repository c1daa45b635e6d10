import { describe, expect, it } from 'vitest'
import { type KeyPress, strokeOf } from '../../../../renderer/lib/shortcuts/stroke.ts'

type Part = Partial<Omit<KeyPress, 'getModifierState'>> & { altGraph?: boolean }

function press({ altGraph = false, ...part }: Part): KeyPress {
  return {
    key: '',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 0,
    ...part,
    getModifierState: (name) => name === 'AltGraph' && altGraph,
  }
}

describe('a press on a PC', () => {
  it.each<[string, Part, string | null]>([
    ['a letter', { key: 'k', code: 'KeyK' }, 'K'],
    ['a letter under Caps Lock', { key: 'K', code: 'KeyK' }, 'K'],
    ['a capital', { key: 'K', code: 'KeyK', shiftKey: true }, 'Shift+K'],
    ['Ctrl', { key: 'k', code: 'KeyK', ctrlKey: true }, 'Mod+K'],
    ['Ctrl and Shift', { key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }, 'Mod+Shift+Z'],
    ['a sign by Shift', { key: '?', code: 'Slash', shiftKey: true }, '?'],
    ['the same sign of a German layout', { key: '?', code: 'Minus', shiftKey: true }, '?'],
    ['plus', { key: '+', code: 'Equal', shiftKey: true, ctrlKey: true }, 'Mod+Plus'],
    ['the space bar', { key: ' ', code: 'Space' }, 'Space'],
    ['an arrow with Shift', { key: 'ArrowUp', code: 'ArrowUp', shiftKey: true }, 'Shift+ArrowUp'],
    ['the letter of the layout, not of the place (Dvorak)', { key: 'k', code: 'KeyV' }, 'K'],
    ['German Z', { key: 'z', code: 'KeyY', ctrlKey: true }, 'Mod+Z'],
    ['Cyrillic', { key: 'л', code: 'KeyK', ctrlKey: true }, 'Mod+K'],
    ['Greek', { key: 'γ', code: 'KeyG' }, 'G'],
    ['Hebrew', { key: 'ב', code: 'KeyC' }, 'C'],
    ['a French digit key', { key: 'é', code: 'Digit2' }, '2'],
    ['an umlaut', { key: 'ö', code: 'Semicolon' }, 'Ö'],
    ['AltGr', { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true, altGraph: true }, '@'],
    ['the Windows key', { key: 'k', code: 'KeyK', metaKey: true }, null],
    ['a modifier alone', { key: 'Shift', code: 'ShiftLeft', shiftKey: true }, null],
    ['a composition', { key: 'k', code: 'KeyK', isComposing: true }, null],
    ['a composition that only its code tells', { key: 'Process', code: 'KeyK', keyCode: 229 }, null],
    ['a dead key', { key: 'Dead', code: 'Equal' }, null],
  ])('%s', (_, part, stroke) => expect(strokeOf(press(part), false)).toBe(stroke))
})

describe('a press on a Mac', () => {
  it.each<[string, Part, string | null]>([
    ['Command', { key: 'k', code: 'KeyK', metaKey: true }, 'Mod+K'],
    ['Control', { key: 'k', code: 'KeyK', ctrlKey: true }, 'Ctrl+K'],
    ['Option makes another character', { key: '¬', code: 'KeyL', altKey: true }, 'Alt+L'],
    ['Option waits for a vowel', { key: 'Dead', code: 'KeyE', altKey: true }, 'Alt+E'],
    ['Option and an arrow', { key: 'ArrowUp', code: 'ArrowUp', altKey: true }, 'Alt+ArrowUp'],
    [
      'all of them',
      { key: 'K', code: 'KeyK', metaKey: true, shiftKey: true, ctrlKey: true },
      'Mod+Ctrl+Shift+K',
    ],
  ])('%s', (_, part, stroke) => expect(strokeOf(press(part), true)).toBe(stroke))
})
