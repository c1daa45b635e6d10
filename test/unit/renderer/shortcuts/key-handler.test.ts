import { describe, expect, it } from 'vitest'
import type { ActionId } from '../../../../renderer/lib/actions/catalogue.ts'
import { createKeyHandler, type Press } from '../../../../renderer/lib/shortcuts/key-handler.ts'
import { keyIndexOf } from '../../../../renderer/lib/shortcuts/key-index.ts'
import type { KeyPlace } from '../../../../renderer/lib/shortcuts/key-place.ts'
import { type ChosenKeys, keymapOf } from '../../../../renderer/lib/shortcuts/keymap.ts'

const PAGE: KeyPlace = { isInField: false, isInMenu: false, isOnControl: false, isInDialog: false }
const FIELD = { ...PAGE, isInField: true }
const DIALOG = { ...PAGE, isInDialog: true }
const BUTTON = { ...PAGE, isOnControl: true }

/** A handler, what it did, and the ways to press. */
function setup({ chosen = {}, offered }: { chosen?: ChosenKeys; offered?: ActionId[] } = {}) {
  const done: ActionId[] = []
  const index = keyIndexOf(keymapOf(chosen, false))
  const isOffered = (id: ActionId) => offered?.includes(id) ?? true
  const handler = createKeyHandler({
    index: () => index,
    isMac: false,
    isOffered,
    run: (id) => done.push(id) > 0,
  })
  const press = (stroke: string, more: Partial<Press> = {}) => {
    const now = { stroke, place: PAGE, isRepeat: false, time: 10_000, ...more }
    return handler.pressEarly(now) || handler.press(now)
  }
  return { done, press, forget: handler.forget }
}

describe('a press', () => {
  it('does the action that has it', () => {
    const { done, press } = setup()
    expect([press('C'), press('Q')]).toEqual([true, false])
    expect(done).toEqual(['card.create'])
  })

  it('does nothing when nobody offers the action', () => {
    const { done, press } = setup({ offered: ['card.open'] })
    expect(press('C')).toBe(false)
    expect(done).toEqual([])
  })

  it('goes to the narrowest scope that can do it', () => {
    const chosen = { 'help.open': ['C'], 'board.rename': ['C'], 'card.open': ['C'] }
    expect(setup({ chosen }).press('C')).toBe(true)
    const all = setup({ chosen })
    all.press('C')
    expect(all.done).toEqual(['card.open'])
    const few = setup({ chosen, offered: ['help.open', 'board.rename'] })
    few.press('C')
    expect(few.done).toEqual(['board.rename'])
  })

  it('is for the field in which somebody writes, but for what holds everywhere', () => {
    const { done, press } = setup()
    const strokes = ['C', '?', 'Enter', 'Mod+,', 'Mod+Enter', 'Mod+K']
    expect(strokes.map((stroke) => press(stroke, { place: FIELD }))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ])
    expect(done).toEqual(['palette.open'])
  })

  it('writes in a field even if a plain letter was chosen for what holds everywhere', () => {
    const { press } = setup({ chosen: { 'palette.open': ['P'] } })
    expect(press('P', { place: FIELD })).toBe(false)
    expect(press('P')).toBe(true)
  })

  it('does nothing below an open dialog', () => {
    const { done, press } = setup()
    press('C', { place: DIALOG })
    press('?', { place: DIALOG })
    press('Mod+K', { place: DIALOG })
    expect(done).toEqual(['palette.open'])
  })

  it('is the button’s when it is Enter, Space or an arrow', () => {
    const { done, press } = setup()
    for (const stroke of ['Enter', 'Space', 'ArrowDown', 'E']) press(stroke, { place: BUTTON })
    expect(done).toEqual(['card.edit-title'])
  })

  it('that is held down repeats steps only', () => {
    const { done, press } = setup()
    press('C', { isRepeat: true })
    press('J', { isRepeat: true })
    expect(done).toEqual(['card.down'])
  })
})

describe('presses in a row', () => {
  it('do the action at the last one', () => {
    const { done, press } = setup()
    expect([press('G'), press('B')]).toEqual([false, true])
    expect(done).toEqual(['board.switch'])
  })

  it('are forgotten after a while, and when the window loses the focus', () => {
    const { done, press, forget } = setup()
    press('G')
    press('B', { time: 11_501 })
    press('G', { time: 20_000 })
    forget()
    press('B', { time: 20_001 })
    expect(done).toEqual([])
  })

  it('that do not go on as begun count for themselves', () => {
    const { done, press } = setup()
    press('G')
    press('C')
    press('G')
    press('G')
    press('S')
    expect(done).toEqual(['card.create', 'settings.open'])
  })

  it('are not broken by what holds everywhere', () => {
    const { done, press } = setup()
    press('G')
    press('Mod+K')
    press('B')
    expect(done).toEqual(['palette.open'])
  })

  it('do not begin when nobody offers what they could become', () => {
    const { done, press } = setup({ offered: ['card.create'] })
    press('G')
    press('C')
    expect(done).toEqual(['card.create'])
  })
})
