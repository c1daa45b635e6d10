import { describe, expect, it } from 'vitest'
import { lineOf, pieceAt } from '../../../renderer/features/execution/output-lines.ts'

const pieces = [
  { sequence: 5, line: 0 },
  { sequence: 7, line: 2 },
  { sequence: 9, line: 2 },
  { sequence: 12, line: 4 },
]
const texts = new Map([
  [5, ['zero', 'one', '']],
  [7, ['two be']],
  [9, ['gun', 'three', '']],
  [12, ['four']],
])

describe('lines of an output that came in pieces', () => {
  it('are found in the last piece that begins before them', () => {
    expect([0, 1, 2, 3, 4].map((line) => pieceAt(pieces, line))).toEqual([0, 0, 2, 2, 3])
  })

  it('are whole, also where one was printed bit by bit', () => {
    expect([0, 1, 2, 3, 4].map((line) => lineOf(pieces, texts, line))).toEqual([
      'zero',
      'one',
      'two begun',
      'three',
      'four',
    ])
  })

  it('are not there until their piece is', () => {
    expect(lineOf(pieces, new Map(), 3)).toBeNull()
  })
})
