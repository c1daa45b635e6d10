import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '#electron/platform/process.ts'
import type { ProviderEvent, ProviderHost, StepRequest, StepResult } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { createSampleRepository, SAMPLE_CARDS } from '#electron/sample/sample.ts'
import { Verdict } from '#shared/execution.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'

let folder: string
let repo: string
let remove: () => Promise<void>
let events: ProviderEvent[]
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  repo = join(folder, 'sample')
  events = []
})
afterEach(() => remove())

let id = 0
const providers = createProviders({
  credentials: { key: () => null },
  newId: () => `id${++id}`,
  delay: async (_ms, delaySignal) => delaySignal.throwIfAborted(),
})
const demo = providers.get('scripted')

function play(
  step: Partial<StepRequest> & { title: string },
  stop = signal,
  lent: Partial<ProviderHost> = {},
): Promise<StepResult> {
  const isEdit = step.phase === 'development' || step.phase === 'fix'
  const request: StepRequest = {
    executionId: '0190f0f0-0000-7000-8000-0000deadbeef',
    phase: 'architecture',
    iteration: 1,
    system: 'system',
    prompt: `<task>\nSMP-1: ${step.title}\n\nmore\n</task>\n\nDo it.`,
    workspace: repo,
    tools: isEdit ? 'edit' : 'read-only',
    checkCommand: 'node --test', // what `npm test` starts there, without the second that npm takes
    limits: { maxTurns: 5, idleMs: 1000, maxRetries: 0, maxRetryDelayMs: 0 },
    ...step,
  }
  return demo.run(request, { signal: stop, emit: (event) => events.push(event), runCommand: check, ...lent })
}

const check = (command: string, commandSignal: AbortSignal) =>
  runCommand({
    command,
    cwd: repo,
    instanceId: 'i',
    executionId: 'demo-test',
    timeoutMs: 60_000,
    signal: commandSignal,
  })

async function verdictOf(title: string, iteration: number): Promise<Verdict> {
  const result = await play({ title, phase: 'review', iteration })
  return Verdict.parse(JSON.parse(result.text))
}

test('the sample is a real repository with a history and one failing test', async () => {
  const { checkCommand } = await createSampleRepository(repo, signal)
  expect(await gitIn(repo, 'log', '--format=%s')).toBe(
    'Show by a test that hours are written wrongly\nSay what this is\nWrite durations\nRead durations',
  )
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  const { exitCode, output } = await check(checkCommand, signal)
  expect(exitCode).toBe(1)
  expect(output).toMatch(/fail 1\b/)
  const head = await gitIn(repo, 'rev-parse', 'HEAD')
  await createSampleRepository(repo, signal)
  expect(await gitIn(repo, 'rev-parse', 'HEAD')).toBe(head)
})

test('each card of the sample is really done in two rounds, one after the other', async () => {
  await createSampleRepository(repo, signal)
  for (const { title } of SAMPLE_CARDS) {
    expect(await play({ title, phase: 'architecture' })).toMatchObject({ status: 'completed' })
    await play({ title, phase: 'development' })
    await commitAll(repo, `${title}, first round`)
    const first = await verdictOf(title, 1)
    expect(first).toMatchObject({ status: 'CHANGES_REQUESTED', findings: [{ line: expect.any(Number) }] })
    await play({ title, phase: 'fix', iteration: 2 })
    await commitAll(repo, `${title}, second round`)
    expect(await verdictOf(title, 2)).toMatchObject({ status: 'APPROVED', findings: [] })
  }
  const { exitCode, output } = await check('npm test', signal)
  expect(output).toMatch(/fail 0\b/)
  expect(exitCode).toBe(0)
}, 60_000)

test('the finding of the first card is true: the test that its fix brings fails before it', async () => {
  await createSampleRepository(repo, signal)
  const { title } = SAMPLE_CARDS[0]
  await play({ title, phase: 'development' })
  expect((await check('npm test', signal)).exitCode).toBe(0)
  const say = `import('./src/index.js').then((m) => console.log(m.formatDuration(3599.7)))`
  expect((await check(`node -e "${say}"`, signal)).output).toBe('59m 60s\n')
})

test('every line is marked, the same play is the same text, and nothing is charged', async () => {
  await createSampleRepository(repo, signal)
  const { title } = SAMPLE_CARDS[0]
  const texts: string[] = []
  for (const _round of [1, 2]) {
    events = []
    const result = await play({ title, phase: 'architecture' })
    expect(result).toMatchObject({ costUsd: 0, model: 'demo' })
    texts.push(events.flatMap((event) => (event.type === 'text' ? [event.delta] : [])).join(''))
    expect(result.text).toBe(texts.at(-1))
  }
  expect(texts[0]).toBe(texts[1])
  for (const line of texts[0]?.split('\n') ?? []) expect(line).toMatch(/^Demo agent: \S/)
  expect((await demo.status()).is_demo).toBe(true)
})

test('what people say meanwhile is answered: a fixed script cannot do it', async () => {
  await makeRepository(repo, { 'README.md': 'x\n' })
  const waiting = [{ author: 'Ada', body: 'Make it blue.' }]
  const takeMessages = async () => waiting.splice(0)
  const title = 'Anything'
  expect((await play({ title, phase: 'development' }, signal, { takeMessages })).text).toMatch(
    /\nDemo agent: .*cannot do what Ada asked/,
  )
  const review = await play({ title, phase: 'review' }, signal, { takeMessages: async () => fail() })
  expect(Verdict.parse(JSON.parse(review.text)).status).toBe('CHANGES_REQUESTED')
})

test('a plan that was sent back says that it stays as it was, and text of a card that looks so is none', async () => {
  await makeRepository(repo, { 'README.md': 'x\n' })
  const verdict = { status: 'CHANGES_REQUESTED', summary: 'Less of it.', findings: [] }
  const title = 'Anything'
  const planned = async (findings: string) => {
    const prompt = `<task>\nSMP-1: ${title}\n</task>\n\n<findings>\n${findings}\n</findings>`
    return (await play({ title, prompt })).text
  }
  const first = (await play({ title })).text
  expect(await planned(JSON.stringify(verdict, null, 1))).toBe(
    `Demo agent: You asked for “Less of it.”. I play a fixed script, so the plan stays as it was.\n${first}`,
  )
  expect(await planned('{ not so')).toBe(first)
})

function fail(): never {
  throw new Error('A verdict leaves no room for an answer.')
}

test('any other repository gets one small honest file, in two rounds', async () => {
  await makeRepository(repo, { 'README.md': 'x\n' })
  const title = 'Größer & schneller: the /../ thing'
  await play({ title, phase: 'architecture' })
  await play({ title, phase: 'development', checkCommand: 'exit 3' })
  expect(await verdictOf(title, 1)).toMatchObject({ status: 'CHANGES_REQUESTED' })
  await play({ title, phase: 'fix', iteration: 2, checkCommand: null })
  expect(await verdictOf(title, 2)).toMatchObject({ status: 'APPROVED' })
  expect(await readdir(join(repo, 'docs/demo'))).toEqual(['grosser-schneller-the-thing-deadbeef.md'])
  const text = await readFile(join(repo, 'docs/demo/grosser-schneller-the-thing-deadbeef.md'), 'utf8')
  expect(text).toContain('No model was asked')
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('?? docs/')
  expect(events.filter((event) => event.type === 'tool' && event.status === 'failed')).toMatchObject([
    { name: 'run_check' },
  ])
})

test('an abort ends it at once, in the middle of a sentence or of the check', async () => {
  await createSampleRepository(repo, signal)
  const { title } = SAMPLE_CARDS[0]
  const slow = createProviders({ credentials: { key: () => null } }).get('scripted')
  const controller = new AbortController()
  const running = slow.run(
    {
      executionId: 'e',
      phase: 'architecture',
      iteration: 1,
      system: '',
      prompt: title,
      workspace: repo,
      tools: 'read-only',
      checkCommand: null,
      limits: { maxTurns: 5, idleMs: 1000, maxRetries: 0, maxRetryDelayMs: 0 },
    },
    { signal: controller.signal, emit: () => undefined, runCommand: check },
  )
  controller.abort()
  expect(await running).toMatchObject({ status: 'cancelled' })

  const second = new AbortController()
  const checking = play(
    { title, phase: 'development', checkCommand: 'echo x > started; sleep 300' },
    second.signal,
  )
  while (!(await readdir(repo)).includes('started')) await wait(10)
  second.abort()
  expect(await checking).toMatchObject({ status: 'cancelled' })
})
