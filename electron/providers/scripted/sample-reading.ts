import type { DemoScript } from './demo-script.ts'

/** The cards about reading durations. */
export const DAYS: DemoScript = {
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

export const REFUSE: DemoScript = {
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
