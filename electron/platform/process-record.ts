import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { findProcess, listProcesses } from './process-table.ts'
import { killTree, type ProcessTag } from './process-tree.ts'

/** Which processes an instance has started, on disk: after a crash they are known by pid and start, whatever they forgot. */
export interface ProcessRecord {
  /** Resolves when the process is written down. */
  add(pid: number): Promise<void>
  /** It has ended, with all that it started. */
  remove(pid: number): Promise<void>
}

export function openProcessRecord(dataFolder: string, instanceId: string): ProcessRecord {
  const file = fileOf(dataFolder, instanceId)
  const write = async (line: string) => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await appendFile(file, `${line}\n`)
  }
  return {
    async add(pid) {
      const entry = await findProcess(pid)
      if (entry) await write(`+ ${pid} ${entry.startedAt}`)
    },
    remove: (pid) => write(`- ${pid}`),
  }
}

/** Ends what a dead instance has left running, and forgets it. Gives the pids that could not be ended. */
export async function endRecorded(dataFolder: string, instanceId: string): Promise<number[]> {
  const file = fileOf(dataFolder, instanceId)
  const started = startedIn(await readFile(file, 'utf8').catch(() => ''))
  const left: number[] = []
  if (started.size > 0) {
    const alive = (await listProcesses()).filter((entry) => started.get(entry.pid) === entry.startedAt)
    const tag: ProcessTag = { instanceId }
    for (const { pid } of alive) left.push(...(await killTree(pid, tag)))
  }
  await rm(file, { force: true })
  return left
}

/** The start of each process that has not been removed; a line that was cut off by the crash is none. */
function startedIn(text: string): Map<number, string> {
  const started = new Map<number, string>()
  for (const [, sign, pid, startedAt] of text.matchAll(/^([+-]) (\d+)(?: (.+))?$/gm)) {
    if (sign === '+' && startedAt) started.set(Number(pid), startedAt)
    else started.delete(Number(pid))
  }
  return started
}

function fileOf(dataFolder: string, instanceId: string): string {
  return path.join(dataFolder, 'instances', `${instanceId}.processes`)
}
