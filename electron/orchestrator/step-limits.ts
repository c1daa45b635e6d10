import type { StepLimits } from '../providers/provider.ts'

/** Bounds of one step; the idle limit ends a stream that has gone silent. */
export const STEP_LIMITS: StepLimits = {
  maxTurns: 60,
  idleMs: 90_000,
  // A minute and a half: services are seldom overloaded for longer, and work that stops wants a person.
  maxRetries: 8,
  maxRetryDelayMs: 120_000,
}

/** The longest that a project's check may take, milliseconds. */
export const CHECK_TIMEOUT_MS = 10 * 60_000

/** The part of the patch that a reviewer is given at once, bytes; the files themselves can be read. */
export const REVIEW_PATCH_BYTES = 200_000
