import { expect, test } from 'vitest'
import type { Finding } from '#shared/execution.ts'
import { compareFindings } from '#shared/round.ts'

const finding = (text: string, values: Partial<Finding> = {}): Finding => ({
  severity: 'major',
  file: 'a.ts',
  line: 1,
  finding: text,
  suggestion: null,
  ...values,
})

test('a finding that is said again, on another line and in other letters, is still open', () => {
  const before = [finding('Check the input.'), finding('Name it better.')]
  const after = [finding('check the input', { line: 7 }), finding('Check the input.', { file: 'b.ts' })]
  expect(compareFindings(before, after)).toEqual({
    closed: [before[1]],
    remaining: [after[0]],
    opened: [after[1]],
  })
})
