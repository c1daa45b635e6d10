import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { freemem } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const MEMORY = '/dev/shm'
/** TMPFS_MAGIC of Linux. */
const TMPFS = 0x01021994
/** Far more than all tests hold at once. */
const ROOM_BYTES = 8e9
const NAME = /^rangers-tests-(\d+)$/

/**
 * Where the tests write: in memory where the system has a place for that with much room, since thousands of databases and
 * repositories that live for a second cost a disk a fifth of all the time. Else, and when TMPDIR is set, the system's
 * temporary folder.
 * @returns {Promise<{ env: Record<string, string>, remove: () => Promise<void> }>}
 */
export async function openTemporaryFolder() {
  const nowhere = { env: {}, remove: async () => {} }
  if (process.platform !== 'linux' || process.env.TMPDIR) return nowhere
  try {
    const { type, bavail, bsize } = await statfs(MEMORY)
    if (type !== TMPFS || bavail * bsize < ROOM_BYTES || freemem() < ROOM_BYTES) return nowhere
    await removeLeftOver()
    const folder = path.join(MEMORY, `rangers-tests-${process.pid}`)
    await mkdir(folder)
    const remove = () => rm(folder, { recursive: true, force: true })
    try {
      await chmod(folder, 0o1777) // the database's account writes there too, when root runs the tests
      await runProgramIn(folder)
    } catch {
      await remove()
      return nowhere
    }
    return { env: { TMPDIR: folder }, remove }
  } catch {
    return nowhere
  }
}

/** Some systems mount it without the right to run programs. */
async function runProgramIn(folder) {
  const file = path.join(folder, 'program')
  await writeFile(file, '#!/bin/sh\n', { mode: 0o755 })
  await promisify(execFile)(file)
  await rm(file)
}

/** Of runs that were killed. */
async function removeLeftOver() {
  for (const name of await readdir(MEMORY)) {
    const pid = Number(NAME.exec(name)?.[1] ?? Number.NaN)
    if (!Number.isNaN(pid) && !isRunning(pid))
      await rm(path.join(MEMORY, name), { recursive: true, force: true })
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}
