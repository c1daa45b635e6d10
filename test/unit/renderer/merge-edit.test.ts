import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LabelId } from '#shared/ids.ts'
import {
  CARD_FIELDS,
  type CardTexts,
  isEmpty,
  keepMine,
  keepTheirs,
  mergeEdit,
} from '../../../renderer/lib/merge-edit.ts'
import { task, uuid } from './fixtures.ts'

const NO_LABELS: LabelId[] = []
const LABELS = [1, 2, 3, 4].map((number) => LabelId.parse(uuid(number)))

/** Few values, so that equal ones meet often. */
const texts: fc.Arbitrary<CardTexts> = fc.record({
  title: fc.constantFrom('a', 'b', 'c'),
  description: fc.constantFrom(null, 'a', 'b', 'c'),
  acceptance_criteria: fc.constantFrom(null, 'a', 'b'),
  priority: fc.constantFrom(null, 'low', 'high'),
  label_ids: fc.constant(NO_LABELS),
  assigned_to: fc.constantFrom(null, 'agent:scripted'),
  status: fc.constantFrom('open', 'done'),
  due_date: fc.constantFrom(null, '2026-01-01'),
  estimate: fc.constantFrom(null, 1, 2),
})
const change: fc.Arbitrary<Partial<CardTexts>> = texts.chain((all) =>
  fc
    .subarray([...CARD_FIELDS])
    .map((fields) => Object.fromEntries(fields.map((field) => [field, all[field]])) as Partial<CardTexts>),
)

const property = (check: (base: CardTexts, mine: Partial<CardTexts>, theirs: CardTexts) => void) =>
  fc.assert(fc.property(texts, change, texts, check))

test('what only I changed is mine, what only they changed is theirs, what both changed is asked', () => {
  property((base, mine, theirs) => {
    const merge = mergeEdit({ base, mine }, theirs)
    const merged = { ...theirs, ...merge.change }
    for (const field of CARD_FIELDS) {
      const wanted = mine[field] === undefined ? base[field] : mine[field]
      const iChanged = wanted !== base[field]
      const theyChanged = theirs[field] !== base[field]
      const isConflict = iChanged && theyChanged && wanted !== theirs[field]
      expect(merge.conflicts.includes(field)).toBe(isConflict)
      expect(merged[field]).toBe(iChanged && !isConflict ? wanted : theirs[field])
    }
  })
})

test('over an unchanged card there is no conflict, and only what I changed is written', () => {
  property((base, mine) => {
    const merge = mergeEdit({ base, mine }, base)
    expect(merge.conflicts).toEqual([])
    expect({ ...base, ...merge.change }).toEqual({ ...base, ...mine })
    for (const field of CARD_FIELDS) if (field in merge.change) expect(field in mine).toBe(true)
  })
})

test('two people conflict in the same fields, whoever saves first', () => {
  fc.assert(
    fc.property(texts, change, change, (base, one, other) => {
      const first = mergeEdit({ base, mine: one }, { ...base, ...other })
      const second = mergeEdit({ base, mine: other }, { ...base, ...one })
      expect(first.conflicts).toEqual(second.conflicts)
    }),
  )
})

test('what was written once is not written again', () => {
  property((base, mine, theirs) => {
    const once = mergeEdit({ base, mine }, theirs)
    const again = mergeEdit({ base, mine }, { ...theirs, ...once.change })
    expect(again).toEqual({ change: {}, conflicts: once.conflicts })
  })
})

test('“keep mine” writes all that I changed over the version that was seen, and takes nothing else back', () => {
  property((base, mine, theirs) => {
    const settled = mergeEdit(keepMine({ base, mine }, theirs), theirs)
    expect(settled.conflicts).toEqual([])
    const merged = { ...theirs, ...settled.change }
    for (const field of CARD_FIELDS) {
      const wanted = mine[field] === undefined ? base[field] : mine[field]
      expect(merged[field]).toBe(wanted === base[field] ? theirs[field] : wanted)
    }
  })
})

test('“keep mine” asks again when a third version came meanwhile', () => {
  fc.assert(
    fc.property(texts, change, texts, texts, (base, mine, theirs, third) => {
      const { conflicts } = mergeEdit(keepMine({ base, mine }, theirs), third)
      for (const field of CARD_FIELDS) {
        const wanted = mine[field] === undefined ? base[field] : mine[field]
        const isNews = third[field] !== theirs[field] && third[field] !== wanted
        if (wanted !== base[field] && wanted !== theirs[field] && isNews) expect(conflicts).toContain(field)
      }
    }),
  )
})

test('“keep theirs” gives up what conflicts and nothing else', () => {
  property((base, mine, theirs) => {
    const merge = mergeEdit({ base, mine }, theirs)
    const settled = mergeEdit(keepTheirs({ base, mine }, theirs), theirs)
    expect(settled).toEqual({ change: merge.change, conflicts: [] })
    if (merge.conflicts.length === Object.keys(mine).length) expect(isEmpty(settled.change)).toBe(true)
  })
})

test('labels never conflict: what each put on or took off stays on or off', () => {
  const labels = fc.subarray(LABELS)
  fc.assert(
    fc.property(labels, labels, labels, (base, mine, theirs) => {
      const edit = { base: task(1, { label_ids: base }), mine: { label_ids: mine } }
      const card = task(1, { label_ids: theirs })
      const { change, conflicts } = mergeEdit(edit, card)
      const merged = change.label_ids ?? theirs
      expect(conflicts).toEqual([])
      for (const label of LABELS) {
        const isMineToSay = mine.includes(label) !== base.includes(label)
        expect(merged.includes(label)).toBe((isMineToSay ? mine : theirs).includes(label))
      }
      expect(mergeEdit(edit, { ...card, ...change }).change).toEqual({})
      expect(mergeEdit(keepMine(edit, card), card).change.label_ids ?? theirs).toEqual(merged)
    }),
  )
})

test('a tick of mine meets what they write in other lines of the same text', () => {
  const base = { ...task(1), description: '- [ ] Dig\n- [ ] Water' }
  const mine = { description: '- [x] Dig\n- [ ] Water' }
  const theirs = { ...base, description: '- [x] Dig\n- [ ] Water deep' }
  expect(mergeEdit({ base, mine }, theirs)).toEqual({ change: {}, conflicts: [] })
  const both = { description: '- [x] Dig\n- [x] Water' }
  expect(mergeEdit({ base, mine: both }, { ...base, ...mine })).toEqual({ change: both, conflicts: [] })
  expect(mergeEdit({ base, mine: both }, theirs).conflicts).toEqual(['description'])
})
