import { describe, expect, it } from 'vitest'
import type { Phase, Verdict } from '#shared/execution.ts'
import { StepId } from '#shared/ids.ts'
import { completedText } from '../../../renderer/features/execution/completed-text.ts'
import { at, execution, uuid } from './fixtures.ts'

const APPROVED: Verdict = { status: 'APPROVED', summary: 'Fine.', findings: [] }
const ASKED: Verdict = { status: 'CHANGES_REQUESTED', summary: 'Not yet.', findings: [] }

function steps(...of: { phase: Phase; verdict?: Verdict; by?: 'anthropic' }[]) {
  return of.map(({ phase, verdict = null, by = null }, index) => ({
    id: StepId.parse(uuid(900 + index)),
    execution_id: run.id,
    sequence: index + 1,
    phase,
    iteration: 1,
    node_path: null,
    provider: by,
    briefing: null,
    checks: null,
    status: 'completed' as const,
    output_content: null,
    verdict,
    files_changed: [],
    head_commit: null,
    model: null,
    usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    cost_usd: null,
    duration_ms: null,
    error_message: null,
    started_at: at(index),
    completed_at: at(index),
    stopped_by_budget: false,
    waits: [],
  }))
}

const run = execution(1, {
  status: 'completed',
  iteration: 2,
  files_changed: 1,
  result_summary: 'The work is done. No reviewer was asked.',
})
const NEXT = 'Read the changes, then merge or discard them.'

describe('a completed run', () => {
  it('says that the reviewer approved it', () => {
    const all = steps(
      { phase: 'review', verdict: ASKED, by: 'anthropic' },
      { phase: 'fix', by: 'anthropic' },
      { phase: 'review', verdict: APPROVED, by: 'anthropic' },
    )
    expect(completedText(run, all)).toBe(`Approved after 2 rounds. ${NEXT}`)
  })

  it('says that a person approved what the reviewer did not', () => {
    const all = steps(
      { phase: 'review', verdict: ASKED, by: 'anthropic' },
      { phase: 'review', verdict: APPROVED },
    )
    expect(completedText(run, all)).toBe(`Approved by a person after 2 rounds. ${NEXT}`)
  })

  it('is not called approved where nobody was asked, or where what was approved has changed since', () => {
    const unasked = `The work is done. No reviewer was asked. ${NEXT}`
    expect(completedText(run, steps({ phase: 'development', by: 'anthropic' }))).toBe(unasked)
    const since = steps(
      { phase: 'review', verdict: APPROVED, by: 'anthropic' },
      { phase: 'development', by: 'anthropic' },
    )
    expect(completedText(run, since)).toBe(unasked)
    expect(completedText({ ...run, files_changed: 0, result_summary: 'The plan is ready.' }, [])).toBe(
      'The plan is ready. No files were changed.',
    )
  })

  it('says nothing of it while the steps are read', () => {
    expect(completedText(run, null)).toBe(NEXT)
  })
})
