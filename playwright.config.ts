import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  // Two: a story mostly waits for its app, its server and its agents. Each worker has a display of its own.
  workers: 2,
  retries: 0,
  // As long as the slowest machine needs; a story that is right ends far sooner.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  outputDir: 'test-results/e2e',
  reporter: [['list']],
  use: { trace: 'retain-on-failure', actionTimeout: 20_000 },
})
