import { appendFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../helpers/git-fixture.ts'
import { importScript } from '../helpers/setup-project.ts'

interface Scan {
  logs: number
  lines: number
  secrets: number
  found: { file: string; line: number; secret: string; text: string }[]
}
const { scanLogs } = await importScript<{ scanLogs(folder: string): Promise<Scan> }>('setup/scan-logs.mjs')

let run: Awaited<ReturnType<typeof temporaryFolder>>
beforeEach(async () => {
  run = await temporaryFolder('rangers-run-logs-')
  vi.resetModules()
  vi.stubEnv('RANGERS_TEST_LOGS', run.path)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await run.remove()
})

const SECRET = 'pa"ss/wörd-of-a-test'
const TOKEN = 'a-token-of-a-test'

/** An app that was opened, used and closed by a test, with what it is given. */
async function useApp(env: Record<string, string>): Promise<void> {
  const { openTestApp } = await import('../helpers/test-app.ts')
  await using app = await openTestApp({ env })
  app.ctx.log.info({ text: `it is ${TOKEN}` }, 'told')
}

it('a run whose apps keep their secrets passes, and says how much was looked at', async () => {
  await useApp({ JIRA_TOKEN: TOKEN })
  const scan = await scanLogs(run.path)
  expect(scan.found).toEqual([])
  expect(scan.logs).toBe(1)
  expect(scan.lines).toBeGreaterThan(2)
  expect(scan.secrets).toBeGreaterThan(0)
})

it('a secret that an app was not told of, and wrote, is found with file and line', async () => {
  const { plantSecret } = await import('../helpers/run-logs.ts')
  await plantSecret(TOKEN)
  await useApp({})
  const { found } = await scanLogs(run.path)
  expect(found).toMatchObject([
    { file: expect.stringMatching(/agent-rangers\.log/), line: expect.any(Number), secret: TOKEN },
  ])
})

it.each([
  ['as it is', SECRET],
  ['in an address', `postgresql://u:${encodeURIComponent(SECRET)}@h/d`],
  ['in JSON', JSON.stringify({ key: SECRET })],
  ['in base64', Buffer.from(SECRET).toString('base64')],
])('a secret is found %s', async (_name, text) => {
  await appendFile(path.join(run.path, 'secrets.jsonl'), `${JSON.stringify(SECRET)}\n`)
  await writeFile(path.join(run.path, 'an-app.log'), `first\n${text}\nlast\n`)
  expect((await scanLogs(run.path)).found).toEqual([{ file: 'an-app.log', line: 2, secret: SECRET, text }])
})

it('logs of folders that a test removes are kept, rotated ones too', async () => {
  const folder = await temporaryFolder()
  const { writeFiles } = await import('../helpers/git-fixture.ts')
  const { keepLogs } = await import('../helpers/run-logs.ts')
  await writeFiles(folder.path, { 'data/logs/app.log': 'a', 'data/logs/app.log.1': 'b', 'notes.txt': 'c' })
  await keepLogs(folder.path)
  await folder.remove()
  expect(await readdir(run.path)).toHaveLength(2)
})

it('a scan of nothing, or for nothing, is no proof', async () => {
  await expect(scanLogs(run.path)).rejects.toThrow('No test has left a log')
  await writeFile(path.join(run.path, 'an-app.log'), 'a line\n')
  await expect(scanLogs(run.path)).rejects.toThrow('No test has planted a secret')
  await rm(run.path, { recursive: true })
  await expect(scanLogs(run.path)).rejects.toThrow('No test has left a log')
})
