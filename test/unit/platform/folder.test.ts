import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareFolder } from '#electron/platform/folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-folder-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a data folder in whose place a file lies, or above it, is told as that', async () => {
  const file = path.join(folder, 'data')
  await writeFile(file, 'mine')
  const told = /is a file\. Move the file away, or set RANGERS_DATA_DIR to another folder\./
  expect(() => prepareFolder(file)).toThrow(told)
  expect(() => prepareFolder(path.join(file, 'below'))).toThrow(told)
})
