const PREFIX = /^Demo agent: ?/gm

/**
 * The words of the demo agent without the mark that it puts before each line, so that they read as the Markdown they
 * are. Whoever draws them puts the mark back as a badge.
 */
export function withoutDemoMark(text: string): string {
  return text.replace(PREFIX, '')
}

/** Whether the demo agent has said this. */
export function isDemoText(text: string): boolean {
  return text.startsWith('Demo agent:')
}
