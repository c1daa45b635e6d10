import { isSameFinding } from '#shared/finding.ts'
import { isUnreadable } from '#shared/unreadable-verdict.ts'
import type { FinishedStep } from './interpret-walk.ts'

/**
 * What a person might do when the rounds are used up, told from how the rounds went: a sentence. Findings count as the
 * same when they are about the same file and begin alike.
 */
export function proposeNext(finished: readonly FinishedStep[]): string {
  const asked = finished.flatMap(({ verdict, phase }) =>
    phase !== 'gate' && verdict?.status === 'CHANGES_REQUESTED' ? [verdict] : [],
  )
  const last = asked.at(-1)
  const before = asked.at(-2)
  if (!last) return 'Resume for another round, merge it as it is, or discard it.'
  if (isUnreadable(last)) {
    return 'Look at the changes yourself and approve them, or choose another model for the review in the board’s settings and resume.'
  }
  const again = before
    ? last.findings.filter((finding) => before.findings.some((other) => isSameFinding(other, finding)))
    : []
  if (again.length > 0) {
    const what = again.length === 1 ? 'A finding' : `${again.length} findings`
    return `${what} came back after being mended: say yourself what you want, or open the workspace and mend it by hand.`
  }
  if (before && last.findings.length < before.findings.length) {
    return `The findings become fewer (${before.findings.length}, then ${last.findings.length}): Resume for another round.`
  }
  if (last.findings.length > 0 && last.findings.every(({ severity }) => severity === 'minor')) {
    return 'What is left is minor: look at it, then approve it as it is or Resume for another round.'
  }
  return 'Look at the findings, then resume, request changes of your own, merge or discard.'
}
