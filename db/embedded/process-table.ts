import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A living process. A pid is used again some day; pid and `startedAt` together are not. */
export interface ProcessInfo {
  pid: number
  parent: number
  group: number
  session: number
  /** When it began, in the system's own unit: only ever compared. */
  startedAt: string
  command: string
}

/** The process of that id, or undefined when there is none. One that ended and waits to be collected counts as none. */
export async function inspectProcess(pid: number): Promise<ProcessInfo | undefined> {
  if (process.platform === 'linux') return inspectByProc(pid)
  if (process.platform === 'win32') return inspectByTasklist(pid)
  return inspectByPs(pid)
}

async function inspectByProc(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in brackets, and may hold brackets and blanks itself.
    const [state, parent, group, session, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return undefined
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
    const ids = { parent: Number(parent), group: Number(group), session: Number(session) }
    return { pid, ...ids, startedAt: more[15] ?? '', command }
  } catch {
    return undefined // it ended meanwhile
  }
}

async function inspectByPs(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const columns = 'stat=,ppid=,pgid=,sess=,lstart=,command='
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', columns, '-p', String(pid)])
    const [state = 'Z', parent, group, session, ...more] = stdout.trim().split(/\s+/)
    if (state.startsWith('Z')) return undefined
    const ids = { parent: Number(parent), group: Number(group), session: Number(session) }
    return { pid, ...ids, startedAt: more.slice(0, 5).join('_'), command: more.slice(5).join(' ') }
  } catch {
    return undefined // ps ends with 1 when there is no such process
  }
}

/** Windows tells neither start nor parents here; the program's name has to do. */
async function inspectByTasklist(pid: number): Promise<ProcessInfo | undefined> {
  const { stdout } = await promisify(execFile)('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
  const [, command] = /^"([^"]+)"/.exec(stdout.trim()) ?? []
  return command === undefined ? undefined : { pid, parent: 0, group: 0, session: 0, startedAt: '', command }
}
