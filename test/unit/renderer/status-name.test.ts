import { expect, it } from 'vitest'
import { isPlainStatus } from '../../../renderer/features/task/status-name.ts'
import { column, LEFT } from './fixtures.ts'

it.each([
  ['open', { name: 'Done', is_end_column: true }, true],
  ['in_progress', { name: 'Doing', triggers_agents: true }, true],
  ['in_review', { name: 'Review', is_review_column: true }, true],
  ['done', { name: 'Closed', is_end_column: true }, true],
  ['in_progress', { name: 'in Progress' }, true],
  ['in_progress', { name: 'Review', is_review_column: true }, false],
  ['blocked', { name: 'Doing', triggers_agents: true }, false],
  ['Waiting for Ada', { name: 'Doing' }, false],
] as const)('the status %s in %o says no more than the column: %s', (status, values, isPlain) => {
  expect(isPlainStatus(status, column(LEFT, 1, values))).toBe(isPlain)
})
