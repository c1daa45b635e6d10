import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTION_IDS } from '../../../../renderer/lib/actions/catalogue.ts'
import { collide, isForFields, parseCombo } from '../../../../renderer/lib/shortcuts/combo.ts'
import { ariaCombo, comboKeys, comboText } from '../../../../renderer/lib/shortcuts/format-combo.ts'
import { defaultKeys } from '../../../../renderer/lib/shortcuts/keymap.ts'

describe('a combo', () => {
  it.each([
    ['k', 'K'],
    ['Shift+Mod+k', 'Mod+Shift+K'],
    ['g  b', 'G B'],
    ['?', '?'],
    ['Mod+Plus', 'Mod+Plus'],
    ['Shift+Space', 'Shift+Space'],
    ['Ctrl+Alt+F12', 'Ctrl+Alt+F12'],
    ['ж', 'Ж'],
    ['ß', 'ß'],
  ])('is read from %s', (text, combo) => expect(parseCombo(text)).toBe(combo))

  it.each([
    '',
    ' ',
    'Mod+',
    'Mod',
    'Super+K',
    'Mod+Mod+K',
    'Shift+?',
    'Shift+Plus',
    'F25',
    'enter',
    'A B C D',
    '😀+K',
  ])('is not “%s”', (text) => expect(parseCombo(text)).toBeNull())

  it('is never read from junk with an error, and has one spelling', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const combo = parseCombo(text)
        if (combo !== null) expect(parseCombo(combo)).toBe(combo)
      }),
    )
  })

  it.each([true, false])('of the catalogue is spelled as it is stored (Mac: %s)', (isMac) => {
    const keys = ACTION_IDS.flatMap((id) => defaultKeys(id, isMac))
    expect(keys.map(parseCombo)).toEqual(keys)
  })

  it('is shown with the names of the platform', () => {
    expect(comboText('Mod+Shift+K', false)).toBe('Ctrl+Shift+K')
    expect(comboText('Mod+Shift+K', true)).toBe('⇧⌘K')
    expect(comboText('G B', false)).toBe('G then B')
    expect(comboKeys('Alt+ArrowUp', false)).toEqual([['Alt', '↑']])
    expect(comboText('Mod+Plus', false)).toBe('Ctrl++')
  })

  it('is told to a screen reader when it is one press', () => {
    expect(ariaCombo('Mod+K', false)).toBe('Control+K')
    expect(ariaCombo('Mod+K', true)).toBe('Meta+K')
    expect(ariaCombo('G B', false)).toBeUndefined()
  })

  it('collides with itself and with what it begins', () => {
    expect(collide('G', 'G B')).toBe(true)
    expect(collide('G B', 'G')).toBe(true)
    expect(collide('G B', 'G B')).toBe(true)
    expect(collide('G B', 'G S')).toBe(false)
    expect(collide('G', 'Mod+G')).toBe(false)
  })

  it('belongs to a field when it writes there', () => {
    const written = ['K', 'Shift+K', '?', 'Enter', 'Alt+K', 'Mod+K', 'F2', 'Ctrl+K']
    expect(written.map((stroke) => isForFields(stroke, false))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    expect(isForFields('Alt+K', true)).toBe(true)
  })
})
