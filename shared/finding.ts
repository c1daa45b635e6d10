import type { Finding } from './execution.ts'

/** Whether two reviews mean the same: findings about the same file that begin alike, whatever line they name. */
export function isSameFinding(
  one: Pick<Finding, 'file' | 'finding'>,
  other: Pick<Finding, 'file' | 'finding'>,
): boolean {
  return one.file === other.file && beginning(one.finding) === beginning(other.finding)
}

function beginning(text: string): string {
  return text.toLowerCase().replace(/\W+/g, ' ').trim().slice(0, 60)
}
