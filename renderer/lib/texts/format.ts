/** How times and names are written; read by lib/format.ts itself, so it imports nothing. */
export const FORMAT = {
  seconds: (seconds: string) => `${seconds} s`,
  minutes: (minutes: number, seconds: string) => `${minutes} m ${seconds} s`,
  hours: (hours: number, minutes: string) => `${hours} h ${minutes} m`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  quoted: (name: string) => `“${name}”`,
} as const
