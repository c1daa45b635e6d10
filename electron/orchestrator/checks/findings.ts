import type { CheckKind, StepCheck } from '#shared/check.ts'
import type { Verdict } from '#shared/execution.ts'

/** The end of each failed check's output that the next round is given, characters. */
const MOST_OUTPUT = 8_000

const NAME: Readonly<Record<CheckKind, string>> = {
  setup: 'set-up',
  lint: 'lint',
  test: 'test',
  run: 'run',
}

/** How a check ended, to follow its name: a sentence's end. */
export function outcomeText({ command, status, exit_code }: StepCheck): string {
  switch (status) {
    case 'passed':
      return `“${command}” passed.`
    case 'timed_out':
      return `“${command}” ran out of time.`
    case 'running':
      return `“${command}” has not ended.`
    case 'cancelled':
      return `“${command}” was stopped.`
    case 'failed':
      return exit_code === null
        ? `“${command}” was ended.`
        : `“${command}” ended with exit code ${exit_code}.`
  }
}

/**
 * What failed checks ask of the next round, in the form of a reviewer's verdict: the summary says that it is no opinion.
 * Null when none failed.
 */
export function checkVerdict(checks: readonly StepCheck[], before: boolean): Verdict | null {
  const failed = checks.filter(isFailed)
  if (failed.length === 0) return null
  return {
    status: 'CHANGES_REQUESTED',
    summary: `Source: checks. The project’s own commands fail; the app ran them on the last commit.${before ? ' They failed before this work began, too: mend what belongs to the task, and say what does not.' : ''}`,
    findings: failed.map((check) => ({
      severity: 'critical',
      file: null,
      line: null,
      finding: `The ${NAME[check.kind]} command ${outcomeText(check)} The end of its output:\n${endOf(check.output, MOST_OUTPUT)}`,
      suggestion: null,
    })),
  }
}

export function isFailed({ kind, status }: StepCheck): boolean {
  return (kind === 'lint' || kind === 'test') && (status === 'failed' || status === 'timed_out')
}

/** The last characters, from the beginning of a line where there is one. */
export function endOf(text: string, most: number): string {
  if (text.length <= most) return text
  const end = text.slice(-most)
  const line = end.indexOf('\n')
  return `[the beginning is left out]\n${line >= 0 && line < most / 2 ? end.slice(line + 1) : end}`
}
