import { expect, it } from 'vitest'
import { costTick } from '../../../renderer/features/insights/chart-parts.tsx'

it('ticks of an axis of costs can be told apart, however little was spent', () => {
  expect([0, 0.00055, 0.0011, 0.045, 0.45, 1.8, 120].map(costTick)).toEqual([
    '$0.00',
    '$0.00055',
    '$0.0011',
    '$0.045',
    '$0.45',
    '$1.80',
    '$120.00',
  ])
})
