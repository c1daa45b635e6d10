import type { SampleTitle } from '../../sample/sample.ts'
import type { DemoScript } from './demo-script.ts'

const HOURS: DemoScript = {
  looksAt: ['src/format-duration.js', 'test/format-duration.test.js'],
  plan: [
    '## Goal',
    'formatDuration counts the minutes of the last hour only, so that 5400 seconds become 1h 30m.',
    '## Steps',
    '1. src/format-duration.js: take the minutes from what is left after the hours.',
    '2. Run the check: the failing test must pass.',
    '## Risk',
    'Rounding: look at values just below a full minute.',
  ],
  development: {
    says: 'The minutes are counted over the whole duration. I count them within the hour.',
    edits: [
      {
        file: 'src/format-duration.js',
        replace: 'const minutes = Math.floor(seconds / 60)',
        by: 'const minutes = Math.floor((seconds % 3600) / 60)',
      },
    ],
    done: 'Minutes are now counted within the hour.',
  },
  review: {
    finding: {
      severity: 'major',
      file: 'src/format-duration.js',
      near: 'Math.round(seconds % 60)',
      finding:
        'formatDuration(3599.7) answers “59m 60s”: the seconds are rounded after the minutes were split off.',
      suggestion: 'Round to whole seconds first, then split. Add a test for 3599.7.',
    },
    resolvedBy: { file: 'src/format-duration.js', contains: 'const whole = Math.round(seconds)' },
    requested: 'The failing case is mended, but rounding can still give 60 seconds.',
    approved: 'Hours, minutes and rounding are right, and each has a test.',
  },
  fix: {
    says: 'Right: I round once, before anything is split, and add the test.',
    edits: [
      {
        file: 'src/format-duration.js',
        replace: 'const hours = Math.floor(seconds / 3600)',
        by: 'const whole = Math.round(seconds)\n  const hours = Math.floor(whole / 3600)',
      },
      {
        file: 'src/format-duration.js',
        replace: 'Math.floor((seconds % 3600) / 60)',
        by: 'Math.floor((whole % 3600) / 60)',
      },
      { file: 'src/format-duration.js', replace: 'Math.round(seconds % 60)', by: 'whole % 60' },
      {
        file: 'test/rounding.test.js',
        create: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration } from '../src/index.js'

test('rounds before it splits', () => {
  assert.equal(formatDuration(3599.7), '1h')
  assert.equal(formatDuration(59.6), '1m')
})
`,
      },
    ],
    done: 'Seconds are rounded first; a test covers values just below a full minute.',
  },
}

const DAYS: DemoScript = {
  looksAt: ['src/parse-duration.js', 'README.md'],
  plan: [
    '## Goal',
    'parseDuration understands d as a day of 24 hours.',
    '## Steps',
    '1. src/parse-duration.js: add the unit; the pattern is built from the table.',
    '2. Say so in the README and add a test.',
  ],
  development: {
    says: 'The units are one table, so a day is one line.',
    edits: [
      {
        file: 'src/parse-duration.js',
        replace: '  h: 60 * 60,\n',
        by: '  h: 60 * 60,\n  d: 24 * 60 * 60,\n',
      },
    ],
    done: 'Days are read.',
  },
  review: {
    finding: {
      severity: 'minor',
      file: 'README.md',
      near: '| h    | hour',
      finding: 'The table of units in the README does not name d, and no test reads days.',
      suggestion: 'Add a row to the table and a test for “2d 4h”.',
    },
    resolvedBy: { file: 'README.md', contains: '| d    | day' },
    requested: 'The code is right. Documentation and test are missing.',
    approved: 'Days are read, tested and documented.',
  },
  fix: {
    says: 'I add the row and the test.',
    edits: [
      {
        file: 'README.md',
        replace: '| h    | hour       |\n',
        by: '| h    | hour       |\n| d    | day        |\n',
      },
      {
        file: 'test/days.test.js',
        create: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../src/index.js'

test('reads days', () => {
  assert.equal(parseDuration('2d 4h'), 187200)
})
`,
      },
    ],
    done: 'README and tests know days.',
  },
}

const REFUSE: DemoScript = {
  looksAt: ['src/parse-duration.js', 'test/parse-duration.test.js'],
  plan: [
    '## Goal',
    'parseDuration throws a RangeError for what is no duration.',
    '## Steps',
    '1. src/parse-duration.js: check the text before adding up.',
    '2. Test both sides: nonsense is refused, durations are read as before.',
  ],
  development: {
    says: 'A text without any part that can be read is refused.',
    edits: [
      {
        file: 'src/parse-duration.js',
        replace: '  let seconds = 0\n',
        by: `  if (text.search(PART) < 0) throw new RangeError(\`Not a duration: \${text}\`)
  let seconds = 0
`,
      },
    ],
    done: 'Text without a duration is refused.',
  },
  review: {
    finding: {
      severity: 'major',
      file: 'src/parse-duration.js',
      near: 'throw new RangeError',
      finding: '“10m later” is still read as 600 seconds: what is left over is passed over in silence.',
      suggestion: 'Refuse a text of which something is left when its parts are taken away. Test it.',
    },
    resolvedBy: { file: 'src/parse-duration.js', contains: 'const rest = ' },
    requested: 'Plain nonsense is refused, a duration with nonsense behind it is not.',
    approved: 'Only whole durations are read, and tests say so.',
  },
  fix: {
    says: 'True. I look at what is left over as well.',
    edits: [
      {
        file: 'src/parse-duration.js',
        replace: '  if (text.search(PART) < 0) throw',
        by: "  const rest = text.replace(PART, '').trim()\n  if (rest || text.search(PART) < 0) throw",
      },
      {
        file: 'test/nonsense.test.js',
        create: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../src/index.js'

test('refuses what is no duration', () => {
  for (const text of ['soon', '', '10m later']) assert.throws(() => parseDuration(text), RangeError)
})

test('reads durations as before', () => {
  assert.equal(parseDuration(' 1h  30m '), 5400)
})
`,
      },
    ],
    done: 'Leftovers are refused; tests cover both sides.',
  },
}

const WORDS: DemoScript = {
  looksAt: ['src/index.js', 'src/format-duration.js'],
  plan: [
    '## Goal',
    'humanize(seconds) says a duration in words, in its largest unit.',
    '## Steps',
    '1. src/humanize.js: choose the unit, round, name it.',
    '2. Export it from src/index.js and test it.',
  ],
  development: {
    says: 'I write the function and export it.',
    edits: [
      {
        file: 'src/humanize.js',
        create: `const UNITS = [
  { size: 3600, name: 'hour' },
  { size: 60, name: 'minute' },
  { size: 1, name: 'second' },
]

/** "about 2 hours" for a number of seconds. */
export function humanize(seconds) {
  const unit = UNITS.find(({ size }) => seconds >= size) ?? { size: 1, name: 'second' }
  const count = Math.round(seconds / unit.size)
  return \`about \${count} \${unit.name}s\`
}
`,
      },
      {
        file: 'src/index.js',
        replace: "export { parseDuration } from './parse-duration.js'\n",
        by: "export { humanize } from './humanize.js'\nexport { parseDuration } from './parse-duration.js'\n",
      },
    ],
    done: 'humanize is there and exported.',
  },
  review: {
    finding: {
      severity: 'major',
      file: 'src/humanize.js',
      near: 'unit.name}s',
      finding: 'humanize(3700) answers “about 1 hours”.',
      suggestion: 'Leave out the s when the count is 1, and add tests.',
    },
    resolvedBy: { file: 'src/humanize.js', contains: "count === 1 ? '' : 's'" },
    requested: 'One hour is said as “1 hours”, and there is no test.',
    approved: 'The words are right for one and for many, and tested.',
  },
  fix: {
    says: 'I handle the singular and add tests.',
    edits: [
      {
        file: 'src/humanize.js',
        replace: `\${unit.name}s\``,
        by: `\${unit.name}\${count === 1 ? '' : 's'}\``,
      },
      {
        file: 'test/humanize.test.js',
        create: `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanize } from '../src/index.js'

test('says durations in words', () => {
  assert.equal(humanize(7300), 'about 2 hours')
  assert.equal(humanize(3700), 'about 1 hour')
  assert.equal(humanize(30), 'about 30 seconds')
})
`,
      },
    ],
    done: 'One hour and many hours read right; tests cover both.',
  },
}

/** What the demo agent plays for the sample's cards, by their titles. */
export const SAMPLE_SCRIPTS: Record<SampleTitle, DemoScript> = {
  'Write 90 minutes as 1h 30m': HOURS,
  'Understand days': DAYS,
  'Refuse what is no duration': REFUSE,
  'Say durations in words': WORDS,
}
