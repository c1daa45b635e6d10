import { expect, test } from 'vitest'
import { descendants } from '#electron/platform/process-table.ts'

test('descendants are the root and all below it, and nobody else', () => {
  const entry = (pid: number, parent: number) => ({ pid, parent, group: pid, startedAt: '1' })
  const all = [entry(1, 0), entry(2, 1), entry(5, 3), entry(3, 2), entry(4, 1)]
  expect(descendants(2, all).map(({ pid }) => pid)).toEqual([2, 3, 5])
  expect(descendants(99, all)).toEqual([])
})
