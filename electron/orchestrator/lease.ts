/** How often an owner gives a sign of life and looks for the executions of dead ones, in each of its leases. */
const BEATS_IN_A_LEASE = 3

/**
 * How often an app gives a sign of life, milliseconds, when its executions stay its own for `leaseSeconds` after the last
 * one. Another app finds those of a dead owner after a lease and a beat at most.
 */
export function heartbeatMs(leaseSeconds: number): number {
  return (leaseSeconds * 1000) / BEATS_IN_A_LEASE
}
