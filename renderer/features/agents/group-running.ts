import type { ExecutionStatus } from '#shared/execution.ts'
import type { RunningExecution } from '#shared/running.ts'

type RunningGroup = 'waiting' | 'working' | 'paused' | 'queued'

const GROUP: Partial<Record<ExecutionStatus, RunningGroup>> = {
  awaiting_clarification: 'waiting',
  awaiting_approval: 'waiting',
  running: 'working',
  paused: 'paused',
  pending: 'queued',
}
const ORDER: readonly RunningGroup[] = ['waiting', 'working', 'paused', 'queued']

/** What runs, by what it asks of the person: that first which waits for them. Empty groups are left out. */
export function groupRunning(
  all: readonly RunningExecution[],
): { group: RunningGroup; runs: RunningExecution[] }[] {
  return ORDER.map((group) => ({
    group,
    runs: all.filter(({ execution }) => GROUP[execution.status] === group),
  })).filter(({ runs }) => runs.length > 0)
}

/** How many are in a group. */
export function countOf(all: readonly RunningExecution[], group: RunningGroup): number {
  return all.filter(({ execution }) => GROUP[execution.status] === group).length
}
