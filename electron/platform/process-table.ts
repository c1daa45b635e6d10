import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PF_KTHREAD of Linux. */
const KERNEL_THREAD = 0x00200000
/** An environment that stays empty this often is one that somebody emptied. */
const MOST_READS = 10
const READ_AGAIN_MS = 2

/** A process that runs now. `startedAt` is opaque: the same pid with another value is another process. */
export interface ProcessEntry {
  pid: number
  parent: number
  group: number
  startedAt: string
}

/** All processes of this machine that we may see; dead ones that nobody has collected yet are not among them. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (process.platform === 'linux') {
    const entries = await Promise.all((await linuxPids()).map(readStat))
    return entries.filter((entry) => entry !== null)
  }
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='])
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, state, startedAt] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (!pid || !parent || !startedAt || state?.startsWith('Z')) return []
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), startedAt }]
  })
}

/** The processes whose environment holds `name=value`: they or an ancestor were started by us with it. */
export async function findTagged(name: string, value: string): Promise<ProcessEntry[]> {
  const tag = `${name}=${value}`
  if (process.platform === 'linux') {
    const found = await Promise.all((await linuxPids()).map((pid) => readTagged(pid, tag)))
    return found.filter((entry) => entry !== null)
  }
  const { stdout } = await run('ps', ['-Eww', '-axo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 })
  const pids = stdout.split('\n').flatMap((line) => (line.includes(tag) ? [Number.parseInt(line, 10)] : []))
  return (await listProcesses()).filter((entry) => pids.includes(entry.pid))
}

/** `root` and everything below it, by parenthood at this moment. */
export function descendants(root: number, all: readonly ProcessEntry[]): ProcessEntry[] {
  const found = all.filter((entry) => entry.pid === root)
  for (const parent of found) {
    found.push(...all.filter((entry) => entry.parent === parent.pid && !found.includes(entry)))
  }
  return found
}

async function linuxPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
}

/** Null when the process has ended meanwhile. Fields count from the last bracket: a name may hold brackets. */
async function readStat(pid: number): Promise<ProcessEntry | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group, startedAt] = [fields[0], fields[1], fields[2], fields[19]]
  if (!state || !parent || !startedAt || state === 'Z' || state === 'X') return null
  return { pid, parent: Number(parent), group: Number(group), startedAt }
}

async function readTagged(pid: number, tag: string): Promise<ProcessEntry | null> {
  for (let reads = 1; ; reads += 1) {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => null)
    if (environment === null) return null
    if (environment !== '') return environment.split('\0').includes(tag) ? readStat(pid) : null
    // While a program takes another one's place its environment is empty for a moment; a kernel thread's always is.
    if (reads === MOST_READS || (await isKernelThread(pid))) return null
    await wait(READ_AGAIN_MS)
  }
}

async function isKernelThread(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const flags = text.slice(text.lastIndexOf(')') + 2).split(' ')[6]
  return flags === undefined || (Number(flags) & KERNEL_THREAD) !== 0
}
