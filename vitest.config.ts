import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const globalSetup = resolve('test/helpers/global-setup.ts')

export default defineConfig({
  test: {
    passWithNoTests: true,
    expect: { poll: { timeout: 15_000 } }, // as long as the slowest machine needs
    // What React says in a page without layout; everything else that is printed is shown.
    onConsoleLog: (text) => !/tag <search> is unrecognized|flushSync was called from inside/.test(text),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 60_000, // a few read all the code of the window, on a machine that does much else
        },
      },
      {
        extends: true,
        test: {
          name: 'component',
          include: ['test/component/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['test/component/setup.ts'],
          isolate: false, // reading React and the window again for each file takes longer than the tests
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.int.test.ts'],
          environment: 'node',
          pool: 'forks',
          maxWorkers: 2, // real servers, git and processes: more than the cores only makes all of them slow
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
        },
      },
    ],
  },
})
