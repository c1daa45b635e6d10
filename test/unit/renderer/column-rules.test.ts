import { describe, expect, it } from 'vitest'
import { ColumnId } from '#shared/ids.ts'
import {
  keyOf,
  neighbourRules,
  rulesOf,
  stuckColumns,
} from '../../../renderer/features/board-settings/column-rules.ts'
import { uuid } from './fixtures.ts'

const columns = [1, 2, 3].map((number) => ({ id: ColumnId.parse(uuid(number)), is_end_column: number === 3 }))
const [one, two, three] = columns.map(({ id }) => id)

describe('the rules of columns', () => {
  it('lead one step to either side', () => {
    expect(neighbourRules(columns)).toEqual([
      { from_column_id: one, to_column_id: two },
      { from_column_id: two, to_column_id: one },
      { from_column_id: two, to_column_id: three },
      { from_column_id: three, to_column_id: two },
    ])
  })

  it('leave out what was ticked for a column that is gone', () => {
    const ticked = new Set(neighbourRules(columns).map(keyOf))
    expect(rulesOf(columns.slice(0, 2), ticked)).toHaveLength(2)
  })

  it('hold cards in a column without a way out, which an end column may be', () => {
    const rules = neighbourRules(columns).filter((rule) => rule.from_column_id === one)
    expect(stuckColumns(columns, rules).map(({ id }) => id)).toEqual([two])
    expect(stuckColumns(columns, [])).toEqual([])
  })
})
