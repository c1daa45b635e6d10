import { describe, expect, it } from 'vitest'
import { ActivityLine } from '#electron/orchestrator/activity-line.ts'
import { LogLines } from '#electron/orchestrator/log-lines.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const ALL = Number.MAX_SAFE_INTEGER

const tool = (status: 'running' | 'done', output: string | null = null): ExecutionEventBody => ({
  type: 'tool',
  id: 't1',
  name: 'run',
  kind: 'execute',
  title: 'npm test',
  paths: [],
  status,
  output,
})
const printed = (delta: string): ExecutionEventBody => ({ type: 'tool_output', id: 't1', delta, line: 0 })
const said = (delta: string): ExecutionEventBody => ({ type: 'text', message_id: 'm1', delta })

function gather(...bodies: ExecutionEventBody[]) {
  const lines = new LogLines(['sk-secret'], () => NOW)
  for (const body of bodies) lines.add(body)
  lines.end()
  return lines.take(ALL)
}

describe('lines of the log', () => {
  it('pieces of one message are one line, and it goes on with its key', () => {
    const lines = gather(said('I look '), said('at it.'), tool('running'), said(' And on.'))
    expect(lines.map(({ body, key }) => [body.type === 'text' ? body.delta : body.type, key])).toEqual([
      ['I look at it.', 'text 1 m1'],
      ['tool', 'tool t1'],
      [' And on.', 'text 1 m1'],
    ])
  })

  it('what a tool prints is cut at ends of lines, and each piece knows the number of its first line', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `line ${index} of the output\n`).join('')
    const pieces = gather(tool('running'), printed(text.slice(0, 7)), printed(text.slice(7)), tool('done'))
      .map(({ body }) => body)
      .filter((body) => body.type === 'tool_output')
    expect(pieces.map((piece) => piece.delta).join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces) {
      expect(piece.delta.startsWith(`line ${piece.line} `)).toBe(true)
      expect(piece.delta.length).toBeLessThanOrEqual(16_000)
    }
  })

  it('the begun line of an output waits once, then it is shown', () => {
    const lines = new LogLines([], () => NOW)
    lines.add(printed('one\nProgress: 4'))
    expect(lines.settle()).toBe(true)
    expect(lines.take(ALL).map(({ body }) => body)).toEqual([printed('one\n')])
    expect(lines.settle()).toBe(false)
    expect(lines.take(ALL).map(({ body }) => body)).toEqual([{ ...printed('Progress: 4'), line: 1 }])
  })

  it('a secret that is cut anywhere reaches no line', () => {
    const bodies = gather(
      said('the key is sk-se'),
      said('cret.'),
      printed('KEY=sk-'),
      printed('secret\n'),
      { ...tool('done', 'sk-secret'), diff: '+sk-secret' } as ExecutionEventBody,
      { type: 'plan', entries: [{ text: 'use sk-secret', status: 'pending' }] },
    ).map(({ body }) => body)
    expect(JSON.stringify(bodies)).not.toContain('sk-secret')
    expect(JSON.stringify(bodies)).toContain('[redacted]')
  })

  it('a message that never ends is several lines, and nothing of it is lost', () => {
    const text = `${'word '.repeat(20)}\n`.repeat(2000)
    const lines = gather(said(text.slice(0, 30)), said(text.slice(30)))
    const texts = lines.map(({ body }) => (body.type === 'text' ? body.delta : ''))
    expect(texts.join('')).toBe(text)
    expect(Math.max(...texts.map((one) => one.length))).toBeLessThanOrEqual(32_000)
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
  })

  it('a batch is bounded by its size, and what could not be stored comes first again', () => {
    const lines = new LogLines([], () => NOW)
    for (let count = 0; count < 10; count += 1) {
      lines.add(said('x'.repeat(1000)))
      lines.add({ type: 'notice', level: 'info', text: `${count}` })
    }
    lines.end()
    const first = lines.take(3000)
    expect(first.length).toBeLessThan(6)
    lines.giveBack(first)
    expect(lines.take(ALL)).toHaveLength(20)
  })
})

describe('what is being done', () => {
  it('is the running tool, else the last line that was said', () => {
    const activity = new ActivityLine()
    expect(activity.line).toBeNull()
    activity.note(said('First.\nI read '))
    activity.note(said('the code'))
    expect(activity.line).toBe('I read the code')
    activity.note(tool('running'))
    expect(activity.line).toBe('npm test')
    activity.note(tool('done', 'ok'))
    expect(activity.line).toBe('npm test')
  })
})
