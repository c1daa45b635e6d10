const MINUTE = 60
const HOUR = 60 * MINUTE

/** How long to wait, as `45 s`, `5 min`, `1 h 30 min`; rounded up, so that nobody comes back too early. `ms` in milliseconds. */
export function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 2 * MINUTE) return `${seconds} s`
  if (seconds <= HOUR - MINUTE) return `${Math.ceil(seconds / MINUTE)} min`
  const minutes = Math.ceil(seconds / MINUTE)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}
