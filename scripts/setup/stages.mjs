import path from 'node:path'
import { countPlaywright, countVitest } from './count-tests.mjs'

const MINUTE = 60_000

/**
 * One stage of `npm test`: `commands` run one after the other, and the stage passes when all of them end with 0. Those
 * that mostly wait, or use one core for some seconds, run `beside` the others: they start first of all, and are waited for
 * when their turn comes.
 * `report` and `count` say how many tests a stage of tests had; a stage without is one test itself.
 * @typedef {{
 *   name: string, needs: 'nothing' | 'build' | 'electron', timeout: number, beside?: boolean,
 *   commands: string[][], env?: Record<string, string>, report?: string, count?: (report: unknown) => Counts
 * }} Stage
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * All stages, in the order in which they run.
 * @param {string} reports folder for the reports @returns {Stage[]}
 */
export function stages(reports) {
  const bin = (name) => [process.execPath, path.join('node_modules', name)]
  const check = (name, ...commands) => ({ name, needs: 'nothing', timeout: 5 * MINUTE, commands })
  const beside = (stage) => ({ ...stage, beside: true })
  const vitest = (name, needs, projects = [name]) => {
    const report = path.join(reports, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const commands = [[...bin('vitest/vitest.mjs'), 'run', ...projectOptions(projects), ...reporters]]
    return { name, needs, timeout: 25 * MINUTE, commands, report, count: countVitest }
  }
  const logs = path.join(reports, 'logs')
  const e2eReport = path.join(reports, 'e2e.json')
  const all = [
    beside(
      check('lint', [
        ...bin('@biomejs/biome/bin/biome'),
        'check',
        '--max-diagnostics=50',
        '--diagnostic-level=error',
      ]),
    ),
    check(
      'types',
      [...bin('typescript/bin/tsc'), '-p', '.', '--noEmit'],
      [...bin('typescript/bin/tsc'), '-p', 'shared', '--noEmit'],
    ),
    beside(
      check('laws', [
        ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        '--no-progress',
        'db',
        'electron',
        'renderer',
        'shared',
        'test',
      ]),
    ),
    beside(check('unused', [...bin('knip/bin/knip.js'), '--no-progress'])),
    vitest('unit', 'nothing', ['unit', 'component']),
    beside(check('soak', [process.execPath, 'scripts/soak.mjs', '--seconds', '60'])),
    vitest('integration', 'build'),
    {
      name: 'e2e',
      needs: 'electron',
      timeout: 25 * MINUTE,
      commands: [
        [
          process.execPath,
          'scripts/electron/run.mjs',
          'playwright',
          'test',
          '--pass-with-no-tests',
          '--reporter=list,json',
        ],
      ],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
      report: e2eReport,
      count: countPlaywright,
    },
    // No secret of any test is in a log of any app that the tests before have opened.
    check('logs', [process.execPath, 'scripts/scan-logs.mjs', logs]),
  ]
  return all.map((stage) => ({ ...stage, env: { RANGERS_TEST_LOGS: logs, ...stage.env } }))
}

function projectOptions(projects) {
  return projects.flatMap((project) => ['--project', project])
}
