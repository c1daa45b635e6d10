import type { Verdict } from './execution.ts'

/** What counts when two answers could not be read: never approved by accident (DESIGN, section 6). */
export const UNREADABLE_VERDICT: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'The review could not be read, so it does not count as an approval.',
  findings: [
    {
      severity: 'major',
      file: null,
      line: null,
      finding: 'The reviewer answered twice without a verdict that can be read.',
      suggestion: 'Check the changes yourself, or let the agents go on for another round.',
    },
  ],
}

/** Whether it stands for answers that could not be read, also once it was stored. */
export function isUnreadable(verdict: Verdict | null | undefined): boolean {
  return verdict?.summary === UNREADABLE_VERDICT.summary
}
