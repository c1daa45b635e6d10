import { describe, expect, it } from 'vitest'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { EMPTY_TRANSCRIPT, foldTranscript } from '../../../renderer/features/execution/fold-transcript.ts'
import { latestLine } from '../../../renderer/features/execution/latest-line.ts'
import { plainLine } from '../../../renderer/lib/plain-line.ts'
import { executionEvent } from './fixtures.ts'

function fold(...bodies: ExecutionEventBody[]) {
  const events = bodies.map((body, index) => executionEvent(index + 1, body))
  return foldTranscript(EMPTY_TRANSCRIPT, events)
}

function words(delta: string) {
  return { type: 'text', message_id: 'm', delta } satisfies ExecutionEventBody
}

const TOOL = {
  type: 'tool',
  id: 't1',
  name: 'edit',
  kind: 'edit',
  title: 'Edit a.ts',
  paths: ['a.ts'],
  status: 'running',
  output: null,
} satisfies ExecutionEventBody

describe('the latest line', () => {
  it('is the tool that runs, else the last line of the last words', () => {
    const said = words('First\n\nLast  \n')
    expect(latestLine(fold(said), 'development')).toEqual({ kind: 'text', text: 'Last' })
    expect(latestLine(fold(said, TOOL), 'development')).toEqual({ kind: 'tool', text: 'Edit a.ts' })
  })

  it('is none at the beginning of a phase', () => {
    const start = { type: 'step_started', phase: 'fix', iteration: 2, model: null } as const
    expect(latestLine(fold(TOOL, start), 'fix')).toBeNull()
  })

  it('is plain text, of the last line with words', () => {
    const said = words('## Plan\n\nWrite `a.ts`.\n```ts\n')
    expect(latestLine(fold(said), 'architecture')).toEqual({ kind: 'text', text: 'Write a.ts.' })
  })

  it.each([
    ['from its beginning', '{"status":"APPR'],
    ['from its middle', 'OVED","summary":"Good'],
  ])('does not show the JSON of a verdict, read %s', (_, json) => {
    expect(latestLine(fold(words(json)), 'review')).toEqual({ kind: 'text', text: 'Writing the verdict…' })
  })
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
