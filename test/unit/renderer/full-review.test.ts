import { expect, test } from 'vitest'
import type { Column } from '#shared/column.ts'
import { ColumnId } from '#shared/ids.ts'
import { fullReview } from '../../../renderer/lib/full-review.ts'

const column = (number: number, values: Partial<Column>) =>
  ({
    id: ColumnId.parse(`00000000-0000-4000-8000-00000000000${number}`),
    wip_limit: null,
    ...values,
  }) as Column

const progress = column(1, { triggers_agents: true })
const review = column(2, { is_review_column: true, wip_limit: 2 })
const columns = [progress, review]
const done = { status: 'completed', resolution: 'none' } as const
const card = { column_id: progress.id, status: 'in_review', waits_for_blockers: false }

test('a card waits for room in review while it is done and still where its agents worked', () => {
  expect(fullReview(card, done, columns)).toBe(review)
  expect(fullReview({ ...card, column_id: review.id }, done, columns)).toBeNull()
  expect(fullReview(card, { ...done, status: 'running' }, columns)).toBeNull()
  expect(fullReview(card, { ...done, resolution: 'discarded' }, columns)).toBeNull()
  expect(fullReview({ ...card, status: 'open' }, done, columns)).toBeNull()
  expect(fullReview(card, done, [progress, { ...review, wip_limit: null }])).toBeNull()
})
