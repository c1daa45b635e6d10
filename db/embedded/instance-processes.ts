import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { inspectProcess, type ProcessInfo } from './process-table.ts'

/** Every process that the app starts for an agent carries this variable, and hands it on to its own. */
const INSTANCE_VARIABLE = 'RANGERS_INSTANCE_ID'

const POLL_MS = 10

/**
 * Kills all processes of an instance of the app, and looks again until none is left. Those that were started without
 * the variable are found by their process group, their session, or their parent. On Windows there is no way to
 * read the variable: nothing is done there. Rejects when `signal` aborts first.
 */
export async function endInstanceProcesses(instanceId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const doomed = await findInstanceProcesses(instanceId)
    if (doomed.length === 0) return
    for (const pid of doomed) killQuietly(pid)
    await delay(POLL_MS, undefined, { signal })
  }
}

/** The ids of the living processes of an instance, never this process itself. */
export async function findInstanceProcesses(instanceId: string): Promise<number[]> {
  const marked = await findMarked(`${INSTANCE_VARIABLE}=${instanceId}`)
  marked.delete(process.pid)
  if (marked.size === 0 || process.platform !== 'linux') return [...marked]
  return withRelatives(marked)
}

/** Adds who shares a group or session that a marked process leads, and all that they have started. */
async function withRelatives(marked: Set<number>): Promise<number[]> {
  const all = (await Promise.all((await listPids()).map(inspectProcess))).filter(
    (found) => found !== undefined,
  )
  const doomed = new Map<number, ProcessInfo>()
  const isDoomed = (found: ProcessInfo) =>
    marked.has(found.pid) || marked.has(found.group) || marked.has(found.session) || doomed.has(found.parent)
  for (let before = -1; before < doomed.size; ) {
    before = doomed.size
    for (const found of all) if (found.pid !== process.pid && isDoomed(found)) doomed.set(found.pid, found)
  }
  return [...doomed.keys()]
}

async function findMarked(mark: string): Promise<Set<number>> {
  if (process.platform === 'win32') return new Set()
  if (process.platform !== 'linux') return findMarkedByPs(mark)
  const pids = await listPids()
  const found = await Promise.all(pids.map(async (pid) => (await hasVariable(pid, mark)) && pid))
  return new Set(found.filter((pid) => pid !== false))
}

async function listPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
}

async function hasVariable(pid: number, mark: string): Promise<boolean> {
  try {
    return `\0${await readFile(`/proc/${pid}/environ`, 'latin1')}\0`.includes(`\0${mark}\0`)
  } catch {
    return false // ended meanwhile, or somebody else's
  }
}

async function findMarkedByPs(mark: string): Promise<Set<number>> {
  const options = { maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)('ps', ['-axEww', '-o', 'pid=,command='], options)
  const lines = stdout.split('\n').filter((line) => ` ${line} `.includes(` ${mark} `))
  return new Set(lines.map((line) => Number.parseInt(line, 10)))
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself
  }
}
