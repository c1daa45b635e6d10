import { z } from 'zod'
import type { DiffSummary } from './diff.ts'
import type { ExecutionSummary, Finding, Step, Verdict } from './execution.ts'
import { isActive } from './execution.ts'
import { isSameFinding } from './finding.ts'
import { ExecutionId } from './ids.ts'
import type { Usage } from './provider.ts'
import { stepsTime } from './work-time.ts'

/** What one round of an execution came to. */
export interface Round {
  /** From 1. */
  iteration: number
  /** Of its reviewers, and of the person, all told; without them what its checks ask for. Null: nobody judged it. */
  verdict: Verdict | null
  /** What the project's checks said of its work; null when none ran. */
  checks: 'passed' | 'failed' | null
  /** Null when the price of a model is not known. */
  cost_usd: number | null
  usage: Usage
  /** How long agents worked on it, milliseconds. */
  duration_ms: number
  /** What there was at its end; null when it had made nothing yet. */
  commit: string | null
}

/** What is different against where the execution began. */
export interface ChangeCounts {
  files: number
  additions: number
  deletions: number
}

/** Two rounds side by side. */
export interface RoundComparison {
  /** All that are finished, in their order. */
  rounds: number[]
  from: Round & { changes: ChangeCounts | null }
  to: Round & { changes: ChangeCounts | null }
  /** Findings of `from` that `to` has not, those of both, and those that only `to` has. */
  closed: Finding[]
  remaining: Finding[]
  opened: Finding[]
  /** From the end of the one to the end of the other; null when a commit is gone. */
  diff: DiffSummary | null
  /** Why there is no diff: a sentence. */
  no_diff: string | null
}

const iteration = z.number().int().min(1)

/** Two finished rounds of an execution; left out: the last two. */
export const CompareRounds = z.strictObject({
  id: ExecutionId,
  from: iteration.optional(),
  to: iteration.optional(),
})
export type CompareRounds = z.infer<typeof CompareRounds>

/** One file of what is different between two rounds. */
export const RoundPatch = z.strictObject({
  id: ExecutionId,
  from: iteration,
  to: iteration,
  path: z.string().min(1).max(4096),
})
export type RoundPatch = z.infer<typeof RoundPatch>

/** The rounds of an execution that have come to their end, in their order. */
export function finishedRounds(
  execution: Pick<ExecutionSummary, 'status' | 'iteration'>,
  steps: readonly Step[],
): Round[] {
  const isOver = (round: number) => round < execution.iteration || !isActive(execution.status)
  const rounds = [...new Set(steps.map((step) => step.iteration))].filter(isOver).toSorted((a, b) => a - b)
  return rounds.map((at) =>
    roundOf(
      at,
      steps.filter((step) => step.iteration === at),
    ),
  )
}

function roundOf(at: number, steps: readonly Step[]): Round {
  const done = steps.filter(({ status }) => status === 'completed')
  const work = done.findLast(({ phase }) => phase === 'development' || phase === 'fix')
  const sum = (of: (step: Step) => number) => steps.reduce((total, step) => total + of(step), 0)
  return {
    iteration: at,
    verdict: verdictOf(done) ?? work?.verdict ?? null,
    checks: work?.checks ?? null,
    cost_usd: steps.every(({ cost_usd }) => cost_usd !== null) ? sum((step) => step.cost_usd ?? 0) : null,
    usage: {
      input: sum((step) => step.usage.input),
      output: sum((step) => step.usage.output),
      cache_read: sum((step) => step.usage.cache_read),
      cache_write: sum((step) => step.usage.cache_write),
    },
    duration_ms: stepsTime(steps, 0), // none of them runs
    commit: steps.findLast(({ head_commit }) => head_commit !== null)?.head_commit ?? null,
  }
}

/** Of several who judged at one place the last one counts; all have to approve. */
function verdictOf(done: readonly Step[]): Verdict | null {
  const reviews = done.filter(({ phase, verdict }) => phase === 'review' && verdict !== null)
  const verdicts = [...new Map(reviews.map((step) => [step.node_path, step.verdict])).values()].flatMap(
    (verdict) => verdict ?? [],
  )
  const [first] = verdicts
  if (!first || verdicts.length === 1) return first ?? null
  return {
    status: verdicts.every(({ status }) => status === 'APPROVED') ? 'APPROVED' : 'CHANGES_REQUESTED',
    summary: verdicts.map(({ summary }) => summary).join('\n\n'),
    findings: verdicts.flatMap(({ findings }) => findings),
  }
}

/** What became of the findings of one round in another. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
): Pick<RoundComparison, 'closed' | 'remaining' | 'opened'> {
  const isIn = (finding: Finding, others: readonly Finding[]) =>
    others.some((other) => isSameFinding(other, finding))
  return {
    closed: before.filter((finding) => !isIn(finding, after)),
    remaining: after.filter((finding) => isIn(finding, before)),
    opened: after.filter((finding) => !isIn(finding, before)),
  }
}
