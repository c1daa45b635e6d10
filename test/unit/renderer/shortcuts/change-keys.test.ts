import { describe, expect, it } from 'vitest'
import { swapKeys, takeKeys, withoutKeys } from '../../../../renderer/lib/shortcuts/change-keys.ts'
import { conflictsOf, keymapOf } from '../../../../renderer/lib/shortcuts/keymap.ts'

const change = { id: 'card.create', combo: 'N', replaced: 'C' } as const

describe('keys for an action', () => {
  it('take the place of those that they replace, or stand beside the others', () => {
    expect(takeKeys({}, change, false)).toEqual({ 'card.create': ['N'] })
    expect(takeKeys({}, { ...change, replaced: null }, false)).toEqual({ 'card.create': ['C', 'N'] })
  })

  it('are lost by who had them, or what begins with them', () => {
    expect(takeKeys({}, { ...change, combo: 'E' }, false)).toEqual({
      'card.create': ['E'],
      'card.edit-title': [],
    })
    const taken = takeKeys({}, { ...change, combo: 'G' }, false)
    expect(conflictsOf(keymapOf(taken, false), 'card.create', 'G')).toEqual([])
    expect(keymapOf(taken, false)['settings.open']).toEqual(['Mod+,'])
  })

  it('are swapped with the one who had them', () => {
    const swapped = swapKeys({}, { ...change, combo: 'E' }, false)
    expect(swapped).toEqual({ 'card.create': ['E'], 'card.edit-title': ['C'] })
    // And back again: then nothing differs any more.
    expect(swapKeys(swapped ?? {}, { ...change, combo: 'C', replaced: 'E' }, false)).toEqual({})
  })

  it('cannot be swapped when there is nothing to give, or more than one to give it to', () => {
    expect(swapKeys({}, { ...change, combo: 'E', replaced: null }, false)).toBeNull()
    expect(swapKeys({}, { ...change, combo: 'G' }, false)).toBeNull()
    expect(swapKeys({}, change, false)).toBeNull()
  })

  it('are taken away, and nobody else’s', () => {
    expect(withoutKeys({ 'card.open': ['O'] }, 'card.create', 'C', false)).toEqual({
      'card.open': ['O'],
      'card.create': [],
    })
  })
})
