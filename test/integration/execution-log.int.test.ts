import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followWork } from '#electron/services/running.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { TaskId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { recordRun } from '../helpers/recorded-run.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let task: TaskId
let savePath: string | null

beforeEach(async () => {
  savePath = null
  app = await openTestApp({ desktop: { pickSavePath: async () => savePath } })
  const { board, backlog } = await makeBoard(app)
  const [made] = await makeTasks(app, board.id, backlog.id, ['Mend the sum'])
  if (!made) throw new Error('no card')
  task = made.id
})
afterEach(() => app[Symbol.asyncDispose]())

const said = (id: string, delta: string): ExecutionEventBody => ({ type: 'text', message_id: id, delta })
const noticed = (text: string): ExecutionEventBody => ({ type: 'notice', level: 'info', text })
const tool = (id: string, status: 'running' | 'done', values: object = {}): ExecutionEventBody => ({
  type: 'tool',
  id,
  name: 'bash',
  kind: 'execute',
  title: `npm run ${id}`,
  paths: [],
  status,
  output: null,
  ...values,
})
const printed = (id: string, delta: string): ExecutionEventBody => ({
  type: 'tool_output',
  id,
  delta,
  line: 0,
})

/** So many lines, which go over several chunks. */
const notices = (count: number) => Array.from({ length: count }, (_, index) => noticed(`Notice ${index}`))

describe('a log that is read in chunks', () => {
  it('gives its end first, and what begins in a chunk whole, wherever it ends', async () => {
    const run = await recordRun(app, task)
    await run.write(said('m', 'It begins '), tool('build', 'running'), ...notices(500))
    // Another process of writing begins anew; this goes on with what the first has begun within one.
    await run.write(tool('test', 'running'), ...notices(300), printed('test', 'ok\n'), tool('test', 'done'))
    const end = await app.api.executions.events({ id: run.id })
    expect(end.last_sequence).toBe(805)
    expect(end.chunks).toEqual([3, 4])
    expect(end.events.map((event) => event.sequence)).toEqual([
      ...Array.from({ length: 203 }, (_, index) => 601 + index),
    ])
    const [chunk] = [await app.api.executions.events({ id: run.id, chunks: [2] })]
    const ofTest = chunk.events.filter(({ head, sequence }) => (head ?? sequence) === 503)
    expect(ofTest.map(({ sequence, body }) => [sequence, body.type])).toEqual([
      [503, 'tool'],
      [804, 'tool_output'],
      [805, 'tool'],
    ])
  })

  it('tells how many entries each chunk has, of the kinds that are wanted', async () => {
    const run = await recordRun(app, task)
    await run.write(...notices(250), said('m', 'Done'), tool('a', 'running'), tool('a', 'done'))
    expect(await app.api.executions.outline({ id: run.id })).toEqual({
      counts: [200, 52],
      last_sequence: 253,
      plan: null,
    })
    const texts = await app.api.executions.outline({ id: run.id, kinds: ['text', 'tool'] })
    expect(texts.counts).toEqual([0, 2])
    const page = await app.api.executions.events({ id: run.id, chunks: [1], kinds: ['text'] })
    expect(page.events.map(({ body }) => body)).toEqual([said('m', 'Done')])
  })

  it('knows the newest plan', async () => {
    const run = await recordRun(app, task)
    const plan = (status: 'pending' | 'completed'): ExecutionEventBody => ({
      type: 'plan',
      entries: [{ text: 'Write the test', status }],
    })
    await run.write(plan('pending'), noticed('in between'), plan('completed'))
    const { plan: newest } = await app.api.executions.outline({ id: run.id })
    expect(newest).toEqual([{ text: 'Write the test', status: 'completed' }])
  })

  it('refuses a run that is not there', async () => {
    const id = '00000000-0000-4000-8000-000000000001' as never
    expect(await refusalOf(app.api.executions.events({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('what a tool prints', () => {
  it('is kept whole, line for line, and found', async () => {
    const run = await recordRun(app, task)
    const text = Array.from({ length: 20_000 }, (_, line) => `line ${line} of the output\n`).join('')
    await run.write(tool('a', 'running'), printed('a', text), tool('a', 'done', { output: 'the end' }))
    const outline = await app.api.executions.outputOutline({ id: run.id, entry: 1 })
    expect(outline.lines).toBe(20_000)
    const pieces: string[] = []
    for (const { sequence } of outline.pieces)
      pieces.push(
        ...(await app.api.executions.output({ id: run.id, sequences: [sequence] })).map((p) => p.text),
      )
    expect(pieces.join('')).toBe(text)
    const found = await app.api.executions.searchEvents({ id: run.id, text: 'LINE 12345 OF' })
    expect(found).toEqual({ hits: [{ entry: 1, line: 12_345 }], total: 1 })
    const many = await app.api.executions.searchEvents({ id: run.id, text: 'line 1' })
    expect(many).toMatchObject({ total: 11_111, hits: { length: 5000, 0: { entry: 1, line: 1 } } })
  })
})

describe('search in a log', () => {
  it('finds words that were said in pieces, and takes % and _ as they are', async () => {
    const run = await recordRun(app, task)
    await run.write(said('m', 'The se'), noticed('100% of_it'), said('m', 'cond word'), noticed('100 of it'))
    const search = (text: string) => app.api.executions.searchEvents({ id: run.id, text })
    expect(await search('second')).toEqual({ hits: [{ entry: 1, line: null }], total: 1 })
    expect(await search('0% OF_I')).toEqual({ hits: [{ entry: 2, line: null }], total: 1 })
    expect(await search('nowhere')).toEqual({ hits: [], total: 0 })
  })

  it('looks only at the kinds that are shown', async () => {
    const run = await recordRun(app, task)
    await run.write(said('m', 'word'), noticed('word'), tool('word', 'done', { output: 'the word' }))
    const search = (kinds: ('text' | 'tool')[]) =>
      app.api.executions.searchEvents({ id: run.id, text: 'word', kinds })
    expect((await search(['text'])).hits.map((hit) => hit.entry)).toEqual([1])
    expect((await search(['text', 'tool'])).hits.map((hit) => hit.entry)).toEqual([1, 3])
  })
})

describe('what is being done', () => {
  it('is told of a board as agents work, and over all boards', async () => {
    const run = await recordRun(app, task, { status: 'running' })
    const board = (await app.api.tasks.get({ id: task })).board_id
    const told = followWork(app.ctx, board, AbortSignal.timeout(10_000))
    await told.next()
    const next = told.next()
    await run.write(tool('test', 'running'))
    expect((await next).value).toMatchObject([{ id: run.id, activity_line: 'npm run test' }])
    await told.return(undefined)
    expect(await app.api.executions.running()).toMatchObject([
      { execution: { id: run.id, activity_line: 'npm run test' }, task: { number: 1 } },
    ])
  })
})

describe('a log in a file', () => {
  it('is Markdown or one line of JSON for each event; nothing without a place', async () => {
    const run = await recordRun(app, task)
    await run.write(
      { type: 'step_started', phase: 'development', iteration: 1, model: 'm-1' },
      said('m', 'I run the *tests*.'),
      tool('test', 'running'),
      printed('test', 'all ```` green\n'),
      tool('test', 'done'),
    )
    expect(await app.api.executions.exportEvents({ id: run.id, format: 'md' })).toBeNull()
    savePath = path.join(app.dataFolder, 'run.md')
    const written = await app.api.executions.exportEvents({ id: run.id, format: 'md' })
    expect(written).toEqual({ path: savePath, lines: 5 })
    const text = await readFile(savePath, 'utf8')
    expect(text).toContain('## development, round 1')
    expect(text).toContain('I run the *tests*.')
    expect(text).toContain('✓ **npm run test**\n\n`````\nall ```` green\n`````')
    await app.api.executions.exportEvents({ id: run.id, format: 'jsonl' })
    const lines = (await readFile(savePath, 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([1, 2, 3, 4, 5])
  })
})
