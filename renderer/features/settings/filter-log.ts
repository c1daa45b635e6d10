import { LOG_LEVELS, type LogLevel } from '#shared/log-line.ts'
import type { NumberedLine } from './use-log.ts'

/** The lines of at least a level in which all words of the search stand, in any case. */
export function filterLog(
  lines: readonly NumberedLine[],
  least: LogLevel,
  search: string,
): readonly NumberedLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const from = LOG_LEVELS.indexOf(least)
  if (from === 0 && words.length === 0) return lines
  return lines.filter((line) => {
    if (LOG_LEVELS.indexOf(line.level) < from) return false
    const text = line.text.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The line as an indented object, for reading; as it stands where it is none. */
export function prettyLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).replaceAll('\\n', '\n    ')
  } catch {
    return text
  }
}
