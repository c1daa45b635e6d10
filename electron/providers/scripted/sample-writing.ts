import type { DemoScript } from './demo-script.ts'

/** The cards about writing durations. */
export const HOURS: DemoScript = {
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

export const WORDS: DemoScript = {
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
