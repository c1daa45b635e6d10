import { execFile } from 'node:child_process'
import { close, open, read } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PF_KTHREAD of Linux. */
const KERNEL_THREAD = 0x00200000
/** USER_HZ: the unit in which Linux tells when a process started, per second. */
const TICKS = 100
/** The clock of this process and that of the kernel may differ by a little; what is looked at in vain costs little. */
const MARGIN_S = 2
/** A line of /proc/…/stat is shorter. */
const STAT_BYTES = 1024
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

/** One of them; null when no such process runs. */
export async function findProcess(pid: number): Promise<ProcessEntry | null> {
  if (process.platform === 'linux') return readStat(pid)
  return (await listProcesses()).find((entry) => entry.pid === pid) ?? null
}

/** A moment before now, for `startedSince`. */
export function startMark(): number {
  return (uptime() - MARGIN_S) * TICKS
}

/** Those that started at the mark or later: nothing that we start from then on is missing. All of them but on Linux. */
export function startedSince(all: readonly ProcessEntry[], mark: number): readonly ProcessEntry[] {
  return process.platform === 'linux' ? all.filter((entry) => Number(entry.startedAt) >= mark) : all
}

/**
 * The processes whose environment holds `name=value`: they or an ancestor were started by us with it. To look at `among`
 * only, of `listProcesses`, is quicker.
 */
export async function findTagged(
  name: string,
  value: string,
  among?: readonly ProcessEntry[],
): Promise<ProcessEntry[]> {
  const tag = `${name}=${value}`
  const all = among ?? (await listProcesses())
  if (process.platform === 'linux') {
    const found = await Promise.all(all.map(async (entry) => (await isTagged(entry, tag)) && entry))
    return found.filter((entry) => entry !== false)
  }
  const { stdout } = await run('ps', ['-Eww', '-axo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 })
  const pids = stdout.split('\n').flatMap((line) => (line.includes(tag) ? [Number.parseInt(line, 10)] : []))
  return all.filter((entry) => pids.includes(entry.pid))
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

/**
 * Null when the process has ended meanwhile, and for a thread of the kernel, which is nobody's. Fields count from the
 * last bracket: a name may hold brackets.
 */
async function readStat(pid: number): Promise<ProcessEntry | null> {
  const text = await readStart(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group, flags, startedAt] = [fields[0], fields[1], fields[2], fields[6], fields[19]]
  if (!state || !parent || !startedAt || state === 'Z' || state === 'X') return null
  if ((Number(flags) & KERNEL_THREAD) !== 0) return null
  return { pid, parent: Number(parent), group: Number(group), startedAt }
}

async function isTagged({ pid }: ProcessEntry, tag: string): Promise<boolean> {
  for (let reads = 1; reads <= MOST_READS; reads += 1) {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => null)
    if (environment === null) return false
    if (environment !== '') return environment.split('\0').includes(tag)
    // While a program takes another one's place its environment is empty for a moment.
    await wait(READ_AGAIN_MS)
  }
  return false
}

/** The first bytes of a small file; none when it cannot be read. In fewer steps than readFile: there are hundreds. */
function readStart(file: string): Promise<string> {
  return new Promise((resolve) => {
    open(file, 'r', (failure, descriptor) => {
      if (failure) return resolve('')
      read(descriptor, Buffer.allocUnsafe(STAT_BYTES), 0, STAT_BYTES, 0, (_failure, bytes, buffer) =>
        close(descriptor, () => resolve(buffer.toString('latin1', 0, bytes))),
      )
    })
  })
}
