import { defineConfig } from '@playwright/test'

// biome-ignore lint/style/noDefaultExport: Playwright reads it
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  outputDir: '../../test-results/screenshots',
  reporter: [['list']],
})
