import type { SampleTitle } from '../../sample/sample.ts'
import type { DemoScript } from './demo-script.ts'
import { DAYS, REFUSE } from './sample-reading.ts'
import { HOURS, WORDS } from './sample-writing.ts'

/** What the demo agent plays for the sample's cards, by their titles. */
export const SAMPLE_SCRIPTS: Record<SampleTitle, DemoScript> = {
  'Write 90 minutes as 1h 30m': HOURS,
  'Understand days': DAYS,
  'Refuse what is no duration': REFUSE,
  'Say durations in words': WORDS,
}
