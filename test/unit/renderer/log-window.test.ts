import { describe, expect, it } from 'vitest'
import type { ExecutionEvent, ExecutionEventBody } from '#shared/execution-event.ts'
import { LogWindow } from '../../../renderer/features/execution/log-window.ts'
import { executionEvent } from './fixtures.ts'

const noticed = (sequence: number): ExecutionEvent =>
  executionEvent(sequence, { type: 'notice', level: 'info', text: `Notice ${sequence}` })
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const later = (head: number, sequence: number, body: ExecutionEventBody) => ({
  ...executionEvent(sequence, body),
  head,
})
const tool = (status: 'running' | 'done'): ExecutionEventBody => ({
  type: 'tool',
  id: 't',
  name: 'bash',
  kind: 'execute',
  title: 'npm test',
  paths: [],
  status,
  output: null,
})

/** A log of 1,000 notices whose last two chunks are here. */
function open() {
  const rows = new LogWindow(null)
  rows.setPage({ chunks: [3, 4], events: range(601, 1000).map(noticed), last_sequence: 1000 })
  return rows
}

describe('a window on a long log', () => {
  it('shows the end, and knows where everything else stands when the outline has come', () => {
    const rows = open()
    expect(rows.itemAt(rows.count - 1)).toMatchObject({ entry: 1000 })
    rows.setOutline({ counts: [200, 200, 50, 200, 200], last_sequence: 1000, plan: null })
    expect(rows.count).toBe(850)
    expect(rows.itemAt(0)).toBeNull()
    expect(rows.missing([0, 2, 3])).toEqual([0, 2])
    rows.setPage({ chunks: [0], events: range(1, 200).map(noticed), last_sequence: 1000 })
    expect(rows.itemAt(7)).toMatchObject({ entry: 8 })
    expect(rows.indexOf(8)).toBe(7)
    expect(rows.indexOf(601)).toBe(450)
    expect(rows.chunkAt(449)).toBe(2)
    expect(rows.chunkAt(450)).toBe(3)
  })

  it('names each row the same whether or not it is here, and says when rows stand elsewhere', () => {
    const rows = open()
    const guessed = rows.shape
    rows.setOutline({ counts: [200, 0, 50, 200, 200], last_sequence: 1000, plan: null })
    const { shape } = rows
    expect(shape).not.toBe(guessed)
    const keys = () => range(0, rows.count - 1).map((index) => rows.keyAt(index))
    const before = keys()
    expect(new Set(before).size).toBe(650)
    rows.setPage({ chunks: [2], events: range(401, 450).map(noticed), last_sequence: 1000 })
    rows.apply([noticed(1001)])
    expect(keys().slice(0, -1)).toEqual(before)
    expect(rows.shape).toBe(shape)
    expect(range(0, 250).map((index) => rows.chunkAt(index))).toEqual(
      range(0, 250).map((index) => (index < 200 ? 0 : index < 250 ? 2 : 3)),
    )
  })

  it('grows at its end, and what goes on with an earlier row changes that one', () => {
    const rows = open()
    rows.apply([
      executionEvent(1001, { type: 'text', message_id: 'm', delta: 'I ' }),
      executionEvent(1002, tool('running')),
      later(1001, 1003, { type: 'text', message_id: 'm', delta: 'wait.' }),
      later(1002, 1004, { type: 'tool_output', id: 't', delta: 'one\ntwo\n', line: 0 }),
      later(1002, 1005, tool('done')),
    ])
    expect(rows.itemAt(rows.count - 2)).toMatchObject({ entry: 1001, text: 'I wait.' })
    expect(rows.itemAt(rows.count - 1)).toMatchObject({
      entry: 1002,
      status: 'done',
      printed: { lines: 2, tail: 'one\ntwo\n' },
    })
  })

  it('takes a line that it has read already once', () => {
    const rows = open()
    rows.apply([noticed(1001)])
    rows.setPage({ chunks: [4, 5], events: range(801, 1002).map(noticed), last_sequence: 1002 })
    const { count } = rows
    rows.apply([noticed(1002)])
    expect(rows.count).toBe(count)
    rows.apply([noticed(1003)])
    expect(rows.count).toBe(count + 1)
  })

  it('loses no line that is on its way while an older part is read', () => {
    const rows = open()
    rows.setPage({ chunks: [0], events: range(1, 200).map(noticed), last_sequence: 1002 })
    rows.apply([noticed(1001), noticed(1002)])
    expect(rows.itemAt(rows.count - 1)).toMatchObject({ entry: 1002 })
  })

  it('counts only rows of the chosen kinds', () => {
    const rows = new LogWindow(['text'])
    rows.setPage({ chunks: [0], events: [], last_sequence: 3 })
    rows.apply([
      noticed(4),
      executionEvent(5, { type: 'text', message_id: 'm', delta: 'Hello' }),
      executionEvent(6, { type: 'step_started', phase: 'review', iteration: 1, model: null }),
    ])
    expect(rows.count).toBe(2)
  })

  it('holds a bounded part of it, however long it is read', () => {
    const rows = open()
    rows.setOutline({ counts: Array.from({ length: 5 }, () => 200), last_sequence: 1000, plan: null })
    rows.apply(range(1001, 20_000).map(noticed))
    for (let chunk = 0; chunk < 100; chunk += 1) rows.trim(new Set([chunk]))
    const here = range(0, 99).filter((chunk) => rows.has(chunk))
    expect(here.length).toBeLessThanOrEqual(13)
    expect(here).toContain(99)
    expect(rows.count).toBe(20_000)
  })
})
