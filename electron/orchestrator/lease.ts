/** How long an execution stays its owner's after the last sign of life, seconds. */
export const LEASE_SECONDS = 30

/** How often an owner gives a sign of life, milliseconds. */
export const HEARTBEAT_MS = 10_000
