import { describe, expect, it } from 'vitest'
import { stepInGrid } from '../../../renderer/features/table/grid-step.ts'

const GRID = { rowCount: 10, columnCount: 4, pageSize: 3 }
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false })

describe('keys in a grid', () => {
  it.each([
    ['ArrowDown', { row: 2, column: 1 }, { row: 3, column: 1 }],
    ['ArrowUp', { row: 0, column: 1 }, { row: -1, column: 1 }],
    ['ArrowUp', { row: -1, column: 1 }, { row: -1, column: 1 }],
    ['ArrowRight', { row: 2, column: 3 }, { row: 2, column: 3 }],
    ['Home', { row: 2, column: 3 }, { row: 2, column: 0 }],
    ['End', { row: 2, column: 1 }, { row: 2, column: 3 }],
    ['PageDown', { row: 8, column: 1 }, { row: 9, column: 1 }],
    ['PageUp', { row: 2, column: 1 }, { row: 0, column: 1 }],
  ] as const)('%s leads from %o to %o', (key, from, to) => {
    expect(stepInGrid(press(key), from, GRID)).toEqual(to)
  })

  it('lead to the corners with Ctrl', () => {
    expect(stepInGrid(press('Home', true), { row: 5, column: 2 }, GRID)).toEqual({ row: 0, column: 0 })
    expect(stepInGrid(press('End', true), { row: 5, column: 2 }, GRID)).toEqual({ row: 9, column: 3 })
  })

  it('leave all other keys alone', () => {
    expect(stepInGrid(press('x'), { row: 5, column: 2 }, GRID)).toBeNull()
  })
})
