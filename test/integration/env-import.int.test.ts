import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { CONFIG_KEYS } from '#electron/env.ts'
import { buildPrograms } from '../helpers/build-program.ts'
import type { ImportReport } from '../helpers/import-everything.ts'

test('importing any module opens nothing, starts nothing and reads no configuration', async () => {
  await using programs = await buildPrograms({ imports: 'test/helpers/import-everything.ts' })
  const env = {
    PATH: process.env.PATH ?? '',
    SPIED_KEYS: CONFIG_KEYS.join(),
    DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/d',
    RANGERS_DATA_DIR: '/nowhere',
  }
  const { stdout } = await promisify(execFile)(process.execPath, [programs.path.imports], { env })
  const report: ImportReport = JSON.parse(stdout)
  expect(report).toEqual({ count: expect.any(Number), failed: [], did: [], left: [] })
  expect(report.count).toBeGreaterThan(100)
})
