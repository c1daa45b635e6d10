import { assertNever } from '#shared/assert-never.ts'
import type { Phase, Verdict } from '#shared/execution.ts'
import type { WorkflowCondition, WorkflowDefinition } from '#shared/workflow.ts'
import { mostRounds } from './interpret-nodes.ts'

/** A step that need not be done again. */
export interface FinishedStep {
  /** Its place in the definition: rounds[2]/review. */
  path: string
  phase: Phase
  iteration: number
  verdict: Verdict | null
  /** What the project's checks said after it; null when none ran. */
  checks: 'passed' | 'failed' | null
  /** Whether it changed files. */
  changed: boolean
}

/** How far the way through a definition is, and what is known there. */
export interface Walk {
  finished: ReadonlyMap<string, FinishedStep>
  maxIterations: number
  /** Rounds that were granted beyond those of the definition. */
  extra: number
  iteration: number
  facts: {
    verdict: Verdict | null
    /** The last that asks for changes: a reviewer's, a person's, or the checks'. */
    findings: Verdict | null
    checks: 'passed' | 'failed' | null
    changed: boolean
    developed: boolean
    planned: boolean
  }
  /** Where a person's own review of what there is belongs. */
  review: { path: string; iteration: number } | null
}

export function startWalk(
  definition: WorkflowDefinition,
  finished: readonly FinishedStep[],
  maxIterations: number,
): Walk {
  return {
    finished: new Map(finished.map((step) => [step.path, step])),
    maxIterations,
    extra: Math.max(0, maxIterations - mostRounds(definition, maxIterations)),
    iteration: 1,
    facts: {
      verdict: null,
      findings: null,
      checks: null,
      changed: false,
      developed: false,
      planned: false,
    },
    review: null,
  }
}

/** Several reviewers approve only when each of them does. */
export function together(verdicts: readonly (Verdict | null)[]): Verdict | null {
  if (verdicts.some((verdict) => verdict === null)) return null
  const given = verdicts.flatMap((verdict) => verdict ?? [])
  const isApproved = given.every(({ status }) => status === 'APPROVED')
  return {
    status: isApproved ? 'APPROVED' : 'CHANGES_REQUESTED',
    summary: given.map(({ summary }) => summary).join('\n'),
    findings: given.flatMap(({ findings }) => findings),
  }
}

/** What a person says to a round that the checks ended, beside what the checks say. */
export function addFindings({ facts }: Walk, review: FinishedStep | undefined): void {
  if (review?.verdict)
    facts.findings = together([...(facts.findings ? [facts.findings] : []), review.verdict])
}

/** A verdict that is missing asks for changes: never approved by accident. */
const NO_VERDICT: Verdict = { status: 'CHANGES_REQUESTED', summary: 'There is no verdict.', findings: [] }

/** What is known once a step is finished. */
export function see(walk: Walk, step: FinishedStep): void {
  const { facts } = walk
  if (step.phase === 'architecture') facts.planned = true
  if (step.phase === 'development' || step.phase === 'fix') {
    facts.developed = true
    facts.changed ||= step.changed
    facts.checks = step.checks
    // What was approved before is not what there is now.
    facts.verdict = null
    if (step.checks === 'failed') facts.findings = step.verdict ?? facts.findings
  }
  if (step.phase !== 'review') return
  facts.verdict = step.verdict ?? NO_VERDICT
  facts.findings = facts.verdict.status === 'APPROVED' ? null : facts.verdict
}

/** Whether what is known so far is so. */
export function holds(condition: WorkflowCondition, { facts }: Walk): boolean {
  switch (condition) {
    case 'approved':
      return facts.verdict?.status === 'APPROVED'
    case 'changes_requested':
      return facts.verdict?.status === 'CHANGES_REQUESTED'
    case 'checks_passed':
      return facts.checks === 'passed'
    case 'checks_failed':
      return facts.checks === 'failed'
    case 'has_changes':
      return facts.changed
    case 'has_no_changes':
      return !facts.changed
    default:
      return assertNever(condition)
  }
}
