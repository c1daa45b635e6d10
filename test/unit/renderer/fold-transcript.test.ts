import { describe, expect, it } from 'vitest'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { EMPTY_TRANSCRIPT, foldTranscript } from '../../../renderer/features/execution/fold-transcript.ts'
import { isVerdictText } from '../../../renderer/features/execution/verdict-text.ts'
import { executionEvent } from './fixtures.ts'

function tool(
  status: 'running' | 'done',
  values: Partial<Extract<ExecutionEventBody, { type: 'tool' }>> = {},
) {
  return {
    type: 'tool',
    id: 't1',
    name: 'edit',
    kind: 'edit',
    title: 'Edit a.ts',
    paths: ['a.ts'],
    status,
    output: null,
    ...values,
  } satisfies ExecutionEventBody
}

function fold(...bodies: ExecutionEventBody[]) {
  return foldTranscript(
    EMPTY_TRANSCRIPT,
    bodies.map((body, index) => executionEvent(index + 1, body)),
  )
}

describe('a transcript', () => {
  it('appends text to its message, even when a tool came in between', () => {
    const { items } = fold({ type: 'text', message_id: 'm1', delta: 'Hello' }, tool('running'), {
      type: 'text',
      message_id: 'm1',
      delta: ' world',
    })
    expect(items.map((item) => (item.kind === 'text' ? item.text : item.kind))).toEqual([
      'Hello world',
      'tool',
    ])
  })

  it('keeps thinking apart from the text of the same message', () => {
    const { items } = fold(
      { type: 'thinking', message_id: 'm1', delta: 'Hm' },
      { type: 'text', message_id: 'm1', delta: 'Yes' },
    )
    expect(items).toMatchObject([
      { text: 'Hm', isThinking: true },
      { text: 'Yes', isThinking: false },
    ])
  })

  it('shows a tool once, as it stands now, at the time when it began', () => {
    const { items } = fold(tool('running'), tool('done', { output: 'ok' }))
    expect(items).toMatchObject([{ kind: 'tool', status: 'done', output: 'ok', key: 'tool-null-t1' }])
    expect(items[0]?.at).toEqual(executionEvent(1, tool('running')).created_at)
  })

  it('counts what may have changed files: finished edits and commits, not reads', () => {
    const { changes } = fold(tool('running'), tool('done'), tool('done', { id: 't2', kind: 'read' }), {
      type: 'commit',
      commit: 'abc',
      message: 'm',
      files: ['a.ts'],
    })
    expect(changes).toBe(2)
  })

  it('does not take an event twice, whatever batch it comes in', () => {
    const first = executionEvent(1, { type: 'text', message_id: 'm', delta: 'a' })
    const second = executionEvent(2, { type: 'text', message_id: 'm', delta: 'b' })
    const once = foldTranscript(EMPTY_TRANSCRIPT, [first, second])
    expect(foldTranscript(once, [first, second])).toBe(once)
    expect(foldTranscript(EMPTY_TRANSCRIPT, [first, first, second])).toEqual(once)
  })

  it('gives the same whether it is folded at once or line by line', () => {
    const events = [
      executionEvent(1, { type: 'step_started', phase: 'review', iteration: 1, model: null }),
      executionEvent(2, { type: 'text', message_id: 'm', delta: 'a' }),
      executionEvent(3, tool('running')),
      executionEvent(4, tool('done')),
      executionEvent(5, { type: 'step_finished', phase: 'review', iteration: 1, summary: 'fine' }),
    ]
    const stepwise = events.reduce(
      (transcript, event) => foldTranscript(transcript, [event]),
      EMPTY_TRANSCRIPT,
    )
    expect(stepwise).toEqual(foldTranscript(EMPTY_TRANSCRIPT, events))
    expect(stepwise.items[0]).toMatchObject({ kind: 'phase', summary: 'fine' })
  })

  it('remembers the latest usage and cost', () => {
    const usage = { input: 1, output: 2, cache_read: 3, cache_write: 4 }
    expect(fold({ type: 'usage', usage, cost_usd: 0.5 })).toMatchObject({ usage, costUsd: 0.5, items: [] })
  })
})

describe('the JSON of a verdict', () => {
  const review = { type: 'step_started', phase: 'review', iteration: 1, model: null } as const
  const json = (delta: string) => ({ type: 'text', message_id: 'm', delta }) as const
  const verdict = {
    type: 'verdict',
    iteration: 1,
    verdict: { status: 'APPROVED', summary: 'Good', findings: [] },
  } satisfies ExecutionEventBody

  it('is no text while a reviewer writes it, and gives its place to the verdict', () => {
    expect(fold(review, json('{'), json('"status":')).items).toMatchObject([
      { kind: 'phase' },
      { kind: 'verdict_text', text: '{"status":', isUnfinished: false },
    ])
    expect(fold(review, json('{"status":"APPROVED"}'), verdict).items).toMatchObject([
      { kind: 'phase' },
      { kind: 'verdict' },
    ])
  })

  it('is unfinished when the step ends without a verdict', () => {
    const cancelled = { type: 'status', status: 'cancelled', message: null } as const
    expect(fold(review, json('{"status'), cancelled).items).toMatchObject([
      { kind: 'phase' },
      { kind: 'verdict_text', isUnfinished: true },
      { kind: 'status' },
    ])
  })

  it('is text in other steps, and what only looks like it is text after all', () => {
    const develop = { ...review, phase: 'development' } as const
    expect(fold(develop, json('{"a": 1}')).items[1]).toMatchObject({ kind: 'text', text: '{"a": 1}' })
    expect(fold(review, json('{'), json('braces} first')).items[1]).toMatchObject({
      kind: 'text',
      text: '{braces} first',
    })
  })

  it.each([
    ['{"status":"APPROVED","summary":"Good"}', true],
    ['```json\n{ "status"', true],
    ['{', true],
    ['I use {braces} in a sentence', false],
    ['{braces} first', false],
  ])('begins %j: %s', (text, expected) => {
    expect(isVerdictText(text)).toBe(expected)
  })
})
