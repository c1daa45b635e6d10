import { describe, expect, it } from 'vitest'
import { ACTION_IDS } from '../../../../renderer/lib/actions/catalogue.ts'
import { chooseKeys, conflictsOf, keymapOf } from '../../../../renderer/lib/shortcuts/keymap.ts'

describe('the keymap', () => {
  it.each([true, false])('of the app itself has no conflict (Mac: %s)', (isMac) => {
    const keymap = keymapOf({}, isMac)
    const conflicts = ACTION_IDS.flatMap((id) =>
      keymap[id].flatMap((combo) =>
        conflictsOf(keymap, id, combo).map((other) => `${combo}: ${id}, ${other}`),
      ),
    )
    expect(conflicts).toEqual([])
  })

  it('has what was chosen in place of the default', () => {
    const keymap = keymapOf({ 'card.create': ['n', 'Mod+n'], 'card.edit-title': [] }, false)
    expect(keymap['card.create']).toEqual(['N', 'Mod+N'])
    expect(keymap['card.edit-title']).toEqual([])
    expect(keymap['card.open']).toEqual(['Enter'])
  })

  it('passes over what is no action or no combo', () => {
    const chosen = { 'card.explode': ['X'], 'card.create': ['Super+', '???'], 'card.open': ['nonsense', 'o'] }
    const keymap = keymapOf(chosen, false)
    expect(keymap).toEqual({ ...keymapOf({}, false), 'card.open': ['O'] })
  })

  it('keeps only what differs, and what it does not know', () => {
    const chosen = chooseKeys({ 'later.version': ['X'] }, 'card.create', ['N'], false)
    expect(chosen).toEqual({ 'later.version': ['X'], 'card.create': ['N'] })
    expect(chooseKeys(chosen, 'card.create', ['C'], false)).toEqual({ 'later.version': ['X'] })
  })

  it('tells who else has the keys, or begins with them', () => {
    const keymap = keymapOf({}, false)
    expect(conflictsOf(keymap, 'card.open', 'C')).toEqual(['card.create'])
    const begun = conflictsOf(keymap, 'card.open', 'G')
    expect(begun).toEqual(expect.arrayContaining(['settings.open', 'boards.open', 'board.activity']))
    expect(begun.every((id) => keymap[id].some((combo) => combo.startsWith('G ')))).toBe(true)
    expect(conflictsOf(keymap, 'card.create', 'C')).toEqual([])
  })
})
