import type { Phase } from '#shared/execution.ts'
import { withoutDemoMark } from '../../lib/demo-text.ts'
import { plainLine } from '../../lib/plain-line.ts'
import type { Transcript, TranscriptItem } from './fold-transcript.ts'
import { hasVerdictField } from './verdict-text.ts'

/** Stands for the JSON of a verdict while it is written. */
export const WRITING_VERDICT = 'Writing the verdict…'

interface LatestLine {
  kind: 'tool' | 'text'
  text: string
}

/** What a card has room for: the tool that runs, else the last line that was said, as plain text. */
export function latestLine(transcript: Transcript, phase: Phase | null): LatestLine | null {
  for (let index = transcript.items.length - 1; index >= 0; index -= 1) {
    const item = transcript.items[index]
    if (item?.kind === 'phase') return null
    const line = item && lineOf(item, phase)
    if (line) return line
  }
  return null
}

function lineOf(item: TranscriptItem, phase: Phase | null): LatestLine | null {
  switch (item.kind) {
    case 'tool':
      return { kind: 'tool', text: item.title }
    case 'verdict_text':
      return { kind: 'text', text: WRITING_VERDICT }
    case 'text': {
      // A card reads the end of the log only: the beginning of the object may be missing.
      const isVerdict = phase === 'review' && hasVerdictField(item.text)
      const text = isVerdict ? WRITING_VERDICT : lastWords(withoutDemoMark(item.text))
      return text ? { kind: 'text', text } : null
    }
    default:
      return null
  }
}

function lastWords(text: string): string | undefined {
  return text
    .split('\n')
    .map(plainLine)
    .findLast((line) => line !== '')
}
