import { expect, it } from 'vitest'
import { activityText, waitingText, workText } from '../../../renderer/lib/activity-text.ts'
import { plainLine } from '../../../renderer/lib/plain-line.ts'
import { execution } from './fixtures.ts'

it.each([
  ['## Write `a.ts`.', 'development', 'Write a.ts.'],
  ['Demo agent: I look around.', 'architecture', 'I look around.'],
  ['npm test', 'fix', 'npm test'],
  [null, 'fix', 'Fixing…'],
  [null, null, 'Starting…'],
  ['{"score":9', 'clarity', 'Checking clarity…'],
  ['d.","questions":[]}', 'clarity', 'Checking clarity…'],
  ['I read the card.', 'clarity', 'I read the card.'],
  ['{"status":"APPR', 'review', 'Writing the verdict…'],
  ['OVED","summary":"Good', 'review', 'Writing the verdict…'],
] as const)('what is done right now is plain text: %s while %s', (line, phase, text) => {
  expect(activityText(execution(1, { activity_line: line, current_phase: phase }))).toBe(text)
})

it('beside its phase, what is done right now does not repeat it', () => {
  const at = (line: string | null) =>
    workText(execution(1, { activity_line: line, current_phase: 'clarity' }))
  expect([null, '{"score":9', 'I read the card.'].map(at)).toEqual(['', '', 'I read the card.'])
})

it('what waits for its turn says so, whatever was done before', () => {
  expect(activityText(execution(1, { status: 'pending', activity_line: 'npm test' }))).toBe(
    'Waits for its turn',
  )
})

it('what a person is asked for is said as it was asked, and only while it waits', () => {
  const asks = { activity_line: 'Run `rm *`' }
  expect(waitingText(execution(1, { status: 'awaiting_approval', ...asks }))).toBe('Run `rm *`')
  expect(waitingText(execution(1, { status: 'running', ...asks }))).toBeNull()
})

it.each([
  ['## Plan', 'Plan'],
  ['- [x] **Done** and `__init__`', 'Done and __init__'],
  ['> * a quoted point', 'a quoted point'],
  ['2. Second', '2. Second'],
  ['See [the *file*](https://a.example/b) and ![a picture](x.png)', 'See the file and a picture'],
  ['a **bold beginn', 'a bold beginn'],
  ['snake_case_name, 2 * 3 * 4', 'snake_case_name, 2 * 3 * 4'],
  ['-1 is a number', '-1 is a number'],
  ['an open `spa', 'an open spa'],
  ['#', ''],
  ['|---|:--|', ''],
  ['```ts', ''],
])('%j reads as %j', (line, expected) => {
  expect(plainLine(line)).toBe(expected)
})
