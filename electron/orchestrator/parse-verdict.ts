import { Verdict } from '#shared/execution.ts'

/**
 * The reviewer's verdict, or null when the text is none. Prose around one JSON object is forgiven; doubt is not: an approval
 * that stands within a sentence may be one that a file asked for and the reviewer quotes, so it counts only as the last word.
 */
export function parseVerdict(text: string): Verdict | null {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  if (from < 0 || to <= from) return null
  const value = parseJson(text.slice(from, to + 1))
  const verdict = Verdict.safeParse(value)
  if (!verdict.success) return null
  // Changes without a finding, or an approval with a critical one, contradict themselves.
  const { status, findings } = verdict.data
  if (status === 'CHANGES_REQUESTED' && findings.length === 0) return null
  if (status === 'APPROVED' && findings.some((finding) => finding.severity === 'critical')) return null
  if (status === 'APPROVED' && !isLastWord(text, from, to)) return null
  return verdict.data
}

/** Begins a line, and nothing but the end of a code block follows. */
function isLastWord(text: string, from: number, to: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(0, from)) && /^\s*(?:```\s*)?$/.test(text.slice(to + 1))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
