import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endRecorded, openProcessRecord } from '#electron/platform/process-record.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'

let folder: { path: string; remove: () => Promise<void> }

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

it('trap: after a crash a number that was written down may be somebody else’s process by now', async () => {
  const theirs = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
  const ours = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
  const ended = once(ours, 'exit')
  try {
    await Promise.all([once(theirs, 'spawn'), once(ours, 'spawn')])
    await openProcessRecord(folder.path, 'crashed').add(ours.pid ?? 0)
    const file = path.join(folder.path, 'instances', 'crashed.processes')
    await mkdir(path.dirname(file), { recursive: true })
    await appendFile(file, `+ ${theirs.pid} 1\n`) // the same number, begun at another time
    expect(await endRecorded(folder.path, 'crashed')).toEqual([])
    await ended
    expect([ours.signalCode, theirs.exitCode, theirs.signalCode]).toEqual(['SIGTERM', null, null])
  } finally {
    theirs.kill('SIGKILL')
    ours.kill('SIGKILL')
  }
})
