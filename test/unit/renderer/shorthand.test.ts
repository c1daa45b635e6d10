import { describe, expect, it } from 'vitest'
import { LabelId, UserId } from '#shared/ids.ts'
import { linesOf, readShorthand } from '../../../renderer/features/quick-add/shorthand.ts'
import { at, BOARD, uuid } from './fixtures.ts'

const label = (number: number, name: string) => ({
  id: LabelId.parse(uuid(800 + number)),
  board_id: BOARD,
  name,
  color: '#112233',
  created_at: at(0),
  updated_at: at(0),
})
const BUG = label(1, 'Bug')
const REVIEW = label(2, 'Needs review')
const ADA = { id: UserId.parse(uuid(700)), name: 'Ada Lovelace' }
const ALAN = { id: UserId.parse(uuid(701)), name: 'Alan' }
const read = (text: string) => readShorthand(text, { labels: [BUG, REVIEW], people: [ADA, ALAN] })

describe('shorthand of a new card', () => {
  it('names labels, a priority and a person, and leaves the title', () => {
    expect(read('Fix #bug the login !high @ada #needs-review')).toEqual({
      title: 'Fix the login',
      label_ids: [BUG.id, REVIEW.id],
      priority: 'high',
      assigned_to: `person:${ADA.id}`,
    })
  })

  it('goes by the beginning of a name if only one begins so', () => {
    expect(read('a @ad !u').assigned_to).toBe(`person:${ADA.id}`)
    expect(read('a @ad !u').priority).toBe('urgent')
    expect(read('a @a')).toMatchObject({ title: 'a @a', assigned_to: null })
  })

  it('keeps in the title what names nothing', () => {
    expect(read('Close issue #42 on C# and say hi! to ada@example.org #')).toMatchObject({
      title: 'Close issue #42 on C# and say hi! to ada@example.org #',
      label_ids: [],
      priority: null,
      assigned_to: null,
    })
  })
})

describe('lines that are pasted', () => {
  it('become titles without the marks of a list', () => {
    expect(linesOf('- Dig\r\n * Water \n\n3. [ ] no task\n4) Weed\n- [x] Prune\nPlain - as it is')).toEqual([
      'Dig',
      'Water',
      'no task',
      'Weed',
      'Prune',
      'Plain - as it is',
    ])
  })
})
