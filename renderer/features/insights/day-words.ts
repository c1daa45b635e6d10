/** 12 minutes, 3 hours, 2.5 days, 14 days. */
export function days(value: number): string {
  const minutes = value * 24 * 60
  if (minutes < 60) return named(Math.max(1, Math.round(minutes)), 'minute')
  if (minutes < 24 * 60) return named(Math.round(minutes / 60), 'hour')
  return named(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), 'day')
}

function named(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`
}
