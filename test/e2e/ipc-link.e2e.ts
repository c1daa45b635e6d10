import { allCases } from './fixtures/ipc-app/cases/all.ts'
import { test } from './fixtures/ipc-app/launch.ts'

test.describe('the link over a port of Electron', () => {
  test('holds every item that holds in memory', async ({ ipc: { page } }) => {
    for (const { name } of allCases) {
      await test.step(name, () => page.evaluate((one) => window.page.runCase(one), name))
    }
  })
})
