/** The sample repository's history: what each commit wrote. Plain Node, no dependencies. */
export interface SampleCommit {
  message: string
  /** When it is said to have been made; fixed, so that the sample is the same everywhere. */
  date: string
  files: Record<string, string>
}

/** By this name in its package.json the demo agent knows the sample. */
export const SAMPLE_PACKAGE = 'rangers-sample-durations'

const PACKAGE = `{
  "name": "${SAMPLE_PACKAGE}",
  "version": "1.0.0",
  "description": "Reads and writes durations such as 1h 30m.",
  "private": true,
  "type": "module",
  "exports": "./src/index.js",
  "scripts": {
    "test": "node --test"
  }
}
`

const PARSE = `const SECONDS = {
  s: 1,
  m: 60,
  h: 60 * 60,
}

const PART = new RegExp(\`(\\\\d+(?:\\\\.\\\\d+)?)\\\\s*([\${Object.keys(SECONDS).join('')}])\`, 'g')

/** The seconds of a text such as "1h 30m". */
export function parseDuration(text) {
  let seconds = 0
  for (const [, number, unit] of text.matchAll(PART)) seconds += Number(number) * SECONDS[unit]
  return seconds
}
`

const PARSE_TEST = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../src/index.js'

test('reads hours, minutes and seconds', () => {
  assert.equal(parseDuration('1h 30m'), 5400)
  assert.equal(parseDuration('45s'), 45)
})

test('reads fractions', () => {
  assert.equal(parseDuration('1.5h'), 5400)
})
`

const FORMAT = `/** A text such as "1h 30m" for a number of seconds. */
export function formatDuration(seconds) {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  const parts = [hours && \`\${hours}h\`, minutes && \`\${minutes}m\`, rest && \`\${rest}s\`]
  return parts.filter(Boolean).join(' ') || '0s'
}
`

const FORMAT_TEST = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration } from '../src/index.js'

test('writes seconds', () => {
  assert.equal(formatDuration(45), '45s')
  assert.equal(formatDuration(0), '0s')
})

test('writes minutes and seconds', () => {
  assert.equal(formatDuration(90), '1m 30s')
})
`

const FAILING_TEST = `${FORMAT_TEST}
test('writes hours and minutes', () => {
  assert.equal(formatDuration(5400), '1h 30m')
})
`

const README = `# Durations

Reads and writes durations. A small library without dependencies, made for trying out Agent Rangers.

    import { formatDuration, parseDuration } from 'durations'

    parseDuration('1h 30m') // 5400
    formatDuration(90)      // '1m 30s'

| unit | stands for |
|------|------------|
| s    | second     |
| m    | minute     |
| h    | hour       |

Run the tests with \`npm test\`.
`

export const SAMPLE_HISTORY: readonly SampleCommit[] = [
  {
    message: 'Read durations',
    date: '2026-03-02T09:00:00Z',
    files: {
      'package.json': PACKAGE,
      '.gitignore': 'node_modules/\n',
      'src/index.js': "export { parseDuration } from './parse-duration.js'\n",
      'src/parse-duration.js': PARSE,
      'test/parse-duration.test.js': PARSE_TEST,
    },
  },
  {
    message: 'Write durations',
    date: '2026-03-03T10:30:00Z',
    files: {
      'src/index.js':
        "export { formatDuration } from './format-duration.js'\nexport { parseDuration } from './parse-duration.js'\n",
      'src/format-duration.js': FORMAT,
      'test/format-duration.test.js': FORMAT_TEST,
    },
  },
  { message: 'Say what this is', date: '2026-03-04T15:10:00Z', files: { 'README.md': README } },
  {
    message: 'Show by a test that hours are written wrongly',
    date: '2026-03-05T08:45:00Z',
    files: { 'test/format-duration.test.js': FAILING_TEST },
  },
]
