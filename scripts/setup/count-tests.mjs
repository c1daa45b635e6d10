/** @typedef {import('./stages.mjs').Counts} Counts */

/** Counts of a JSON report of vitest. A file that could not be loaded is one failed test. @returns {Counts} */
export function countVitest(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Counts of a JSON report of Playwright. An error outside of any test is one failed test. @returns {Counts} */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }
}

/** The sum of counts. @param {Counts[]} all @returns {Counts} */
export function sumCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) for (const kind of Object.keys(sum)) sum[kind] += counts[kind]
  return sum
}

/** Counts as "12 passed, 0 failed", with the skipped ones when there are any. @param {Counts} counts */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
