import type { QueuedExecution } from '#shared/execution.ts'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import { type ProviderId, providerName } from '#shared/provider.ts'
import type { Priority } from '#shared/task.ts'

/** What decides about an execution that wants to run. */
export interface Candidate {
  id: ExecutionId
  boardId: BoardId
  boardName: string
  provider: ProviderId
  /** Of its card. */
  priority: Priority | null
  taskId: TaskId
  /**
   * The column to which the card has to come before agents work on it, when that has a limit; null: it is in such a
   * column already, or no limit binds.
   */
  entering: { id: ColumnId; name: string; limit: number; count: number } | null
  /** When it was asked for. */
  since: Date
  /** So many runs of its board at once; null: no limit of its own. */
  boardLimit: number | null
}

export interface Limits {
  /** Runs of this app at once. */
  all: number
  /** Runs of one agent at once, where there is a limit. */
  provider: (id: ProviderId) => number | null
}

/** As a person has set them. */
export function limitsOf({
  most_executions,
  provider_limits,
}: Pick<Preferences, 'most_executions' | 'provider_limits'>): Limits {
  return { all: most_executions, provider: (id) => provider_limits[id] ?? null }
}

export interface Schedule {
  /** To be started now, in this order. */
  start: ExecutionId[]
  /** The others, each with its place and the one reason why it waits. */
  waiting: QueuedExecution[]
}

const RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, medium: 2, low: 3 }

/**
 * Who starts and who waits. More urgent cards go first, then who waits longer; one that waits for a place of its own board,
 * column or agent holds up nobody behind it. Pure.
 */
export function schedule(
  waiting: readonly Candidate[],
  running: readonly Candidate[],
  limits: Limits,
): Schedule {
  const at = [...running]
  const plan: Schedule = { start: [], waiting: [] }
  for (const candidate of waiting.toSorted(inTurn)) {
    const reason = whyNot(candidate, at, limits)
    if (reason === null) {
      plan.start.push(candidate.id)
      at.push(candidate)
    } else plan.waiting.push({ execution_id: candidate.id, place: plan.waiting.length + 1, reason })
  }
  return plan
}

function inTurn(a: Candidate, b: Candidate): number {
  const byPriority = RANK[a.priority ?? 'medium'] - RANK[b.priority ?? 'medium']
  return byPriority || a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1)
}

function whyNot(one: Candidate, at: readonly Candidate[], limits: Limits): string | null {
  if (at.length >= limits.all)
    return `Waits for a free place: ${at.length} of ${limits.all} runs are at work.`
  const ofBoard = at.filter(({ boardId }) => boardId === one.boardId).length
  if (one.boardLimit !== null && ofBoard >= one.boardLimit) {
    return `The board ${one.boardName} has at most ${one.boardLimit} at work at once.`
  }
  const most = limits.provider(one.provider)
  const ofProvider = at.filter(({ provider }) => provider === one.provider).length
  if (most !== null && ofProvider >= most) {
    return `${providerName(one.provider)} works on at most ${most} at once.`
  }
  return fullColumn(one, at)
}

/** That the column which a card has to enter is full, with those that are on their way to it; null when it is not. */
export function fullColumn(one: Candidate, at: readonly Candidate[] = []): string | null {
  return isFull(one, at) ? `“${one.entering?.name}” is at its limit of ${one.entering?.limit}.` : null
}

/** Whether the card would bring a column above its limit, with those that are on their way to it; each card counts once. */
function isFull({ taskId, entering }: Candidate, at: readonly Candidate[]): boolean {
  if (!entering) return false
  const coming = new Set(at.flatMap((other) => (other.entering?.id === entering.id ? other.taskId : [])))
  return !coming.has(taskId) && entering.count + coming.size >= entering.limit
}
