import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { descendants, findTagged, listProcesses, type ProcessEntry, startedSince } from './process-table.ts'

/** The names under which a process and all that it starts can be found again, even when its parents are gone. */
export const TAG_NAMES = {
  instanceId: 'RANGERS_INSTANCE_ID',
  executionId: 'RANGERS_EXECUTION_ID',
  commandId: 'RANGERS_COMMAND_ID',
} as const

export type ProcessTag = { instanceId: string } | { executionId: string } | { commandId: string }

/** Time for a polite end, milliseconds. */
const POLITE_MS = 1500
/** Time until SIGKILL must have worked, milliseconds. */
const FORCED_MS = 3000
const LOOK_EVERY_MS = 40

/**
 * Ends every process that carries the tag, wherever it hangs in the tree: at boot for what a dead app has left,
 * at the end of an execution for what its commands have left. Gives the pids that are still there after 4.5 s
 * (a process stuck in the kernel); normally none. On Windows nothing can be found by tag.
 */
export async function killTagged(tag: ProcessTag): Promise<number[]> {
  if (process.platform === 'win32') return []
  return killUntilGone([], tag, 0)
}

/**
 * Ends a process that we started and that has not ended yet, its group, its descendants, and whatever carries its
 * tag. Returns when all are gone, or after 4.5 s with the pids that are still there. `since` is the `startMark` of before
 * the tag was first used: no older process is looked at.
 */
export async function killTree(root: number, tag: ProcessTag, since = 0): Promise<number[]> {
  if (process.platform === 'win32') {
    await promisify(execFile)('taskkill', ['/pid', String(root), '/T', '/F']).catch(() => undefined)
    return []
  }
  // Before the first signal: an orphan forgets whose child it was.
  const all = await listProcesses()
  const family = [...descendants(root, all), ...all.filter((entry) => entry.group === root)]
  return killUntilGone(family, tag, since)
}

/** The same for a process that has ended by itself: those of its group that it left behind, and whatever carries its tag. */
export async function killLeftOver(leader: number, tag: ProcessTag, since = 0): Promise<number[]> {
  if (process.platform === 'win32') return []
  const all = await listProcesses()
  // A number stays taken as long as its group has a member.
  const orphans = all.filter((entry) => entry.group === leader && entry.pid !== leader)
  return killUntilGone(orphans, tag, since)
}

async function killUntilGone(
  family: readonly ProcessEntry[],
  tag: ProcessTag,
  since: number,
): Promise<number[]> {
  const asked = new Set<string>()
  // Nobody left is seen twice: one may have started another and ended while the first look was under way.
  const look = async () => {
    const alive = await survivors(family, tag, since)
    return alive.length > 0 ? alive : survivors(family, tag, since)
  }
  const afterTerm = await signalUntilGone(look, POLITE_MS, (entry) => {
    if (!asked.has(keyOf(entry))) signalTo(entry.pid, 'SIGTERM')
    asked.add(keyOf(entry))
  })
  if (afterTerm.length === 0) return []
  const afterKill = await signalUntilGone(look, FORCED_MS, (entry) => signalTo(entry.pid, 'SIGKILL'))
  return afterKill.map((entry) => entry.pid)
}

async function signalUntilGone(
  look: () => Promise<ProcessEntry[]>,
  forMs: number,
  signal: (entry: ProcessEntry) => void,
): Promise<ProcessEntry[]> {
  // By the clock: on a busy computer a look takes longer than the wait after it.
  const until = performance.now() + forMs
  let alive = await look()
  while (alive.length > 0 && performance.now() < until) {
    for (const entry of alive) signal(entry)
    await wait(LOOK_EVERY_MS)
    alive = await look()
  }
  return alive
}

/** Of the family and the tagged ones, those that run now, their children of this moment included; never us. */
async function survivors(
  family: readonly ProcessEntry[],
  tag: ProcessTag,
  since: number,
): Promise<ProcessEntry[]> {
  const all = await listProcesses()
  const tagged = await findTagged(...nameAndValue(tag), startedSince(all, since))
  const running = new Set(all.map(keyOf))
  const roots = [...family, ...tagged].filter((entry) => running.has(keyOf(entry)))
  const found = new Map(
    roots.flatMap((root) => descendants(root.pid, all)).map((entry) => [keyOf(entry), entry]),
  )
  return [...found.values()].filter((entry) => entry.pid !== process.pid && entry.pid > 1)
}

function nameAndValue(tag: ProcessTag): [string, string] {
  if ('instanceId' in tag) return [TAG_NAMES.instanceId, tag.instanceId]
  if ('executionId' in tag) return [TAG_NAMES.executionId, tag.executionId]
  return [TAG_NAMES.commandId, tag.commandId]
}

function keyOf(entry: ProcessEntry): string {
  return `${entry.pid}@${entry.startedAt}`
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself, or is not ours to end: the next look tells.
  }
}
