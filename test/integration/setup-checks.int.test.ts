import path from 'node:path'
import { expect, it } from 'vitest'
import { importScript, runNode } from '../helpers/setup-project.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}
const { countVitest, countPlaywright, describeCounts } = await importScript<{
  countVitest(report: object): Counts
  countPlaywright(report: object): Counts
  describeCounts(counts: Counts): string
}>('setup/count-tests.mjs')

it('npm test ends with the counts alone on the last line, also when it cannot begin', async () => {
  const cwd = path.resolve(import.meta.dirname, '../..')
  const ended = await runNode(['scripts/test.mjs', 'nonsense'], { cwd })
  expect(ended).toEqual({
    code: 1,
    stdout:
      'There is no stage "nonsense". The stages are: lint, types, laws, unused, unit, soak, integration, e2e, logs.\n\n0 passed, 1 failed\n',
    stderr: '',
  })
})

it('counts a file that vitest could not load as one failed test', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 })
})

it('counts an error of Playwright outside of any test as one failed test', () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 2 }, errors: [{}] }
  expect(countPlaywright(report)).toEqual({ passed: 4, failed: 2, skipped: 2 })
})

it('names the skipped ones only when there are any', () => {
  expect(describeCounts({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed')
  expect(describeCounts({ passed: 2, failed: 1, skipped: 3 })).toBe('2 passed, 1 failed, 3 skipped')
})
