import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inspectProcess } from './process-table.ts'

const LONGEST_PAUSE_MS = 40

/** Held by one holder at a time, over all processes of this machine; a holder that died holds nothing. */
export interface FolderLock extends AsyncDisposable {
  release(): Promise<void>
}

/**
 * Waits for the lock of a folder that exists for nothing else. Each contender raises a flag of its own (an empty file
 * that names its process), then looks: it has the lock when no flag of another living process is up, else it takes its
 * flag down and tries again. Of two at once at least one sees the other, and a dead one's flag is nobody's again,
 * so it may be removed by anyone. Nothing to steal, nothing to leave behind.
 */
export async function holdFolderLock(folder: string, signal: AbortSignal): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const self = await inspectProcess(process.pid)
  const flag = `${process.pid}.${self?.startedAt ?? ''}.${randomUUID()}`
  const lower = () => rm(join(folder, flag), { force: true })
  for (;;) {
    signal.throwIfAborted()
    if (!(await isContended(folder, flag))) {
      await writeFile(join(folder, flag), '', { flag: 'wx', mode: 0o600 })
      if (!(await isContended(folder, flag))) return { release: lower, [Symbol.asyncDispose]: lower }
      await lower()
    }
    await delay(Math.ceil(Math.random() * LONGEST_PAUSE_MS), undefined, { signal })
  }
}

async function isContended(folder: string, own: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    if (name === own) continue
    const [pid, startedAt] = name.split('.')
    const holder = await inspectProcess(Number(pid))
    if (holder?.startedAt === startedAt) return true
    await rm(join(folder, name), { force: true })
  }
  return false
}
