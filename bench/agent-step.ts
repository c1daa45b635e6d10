import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import type { Provider } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import type { Phase } from '#shared/execution.ts'
import { atMost, type Bench } from './row.ts'
import { makeRepository } from './small-repository.ts'
import { median, quantile } from './statistics.ts'
import { type WatchedWork, watchWork } from './watch-work.ts'

const ROUNDS = 10
const RUNS = 4

/** From the end of one answer to the next question. */
interface Between {
  /** Of the step that was answered. */
  phase: Phase
  /** Milliseconds in which neither the agent nor git worked. */
  ours: number
  /** Processor time of this process, with that for the start of each git, milliseconds. */
  processor: number
  statements: number
  git: number
}

/** What a step costs besides the model and git: agents that answer at once, in rounds that never end well. */
export const bench: Bench = async ({ signal }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  const work = watchWork()
  try {
    const { steps, bare } = await runSteps(folder, work, signal)
    const ours = steps.map((step) => step.ours)
    const count = (phase: Phase, of: 'statements' | 'git') =>
      median(steps.filter((step) => step.phase === phase).map((step) => step[of]))
    const counts = (of: 'statements' | 'git') =>
      `${count('fix', of)} after a fix, ${count('review', of)} after a review`
    return [
      atMost(20, {
        id: 'step.overhead',
        what: 'a step of a run without the model and git, p50',
        unit: 'ms',
        value: median(ours),
        note: `${steps.length} steps, p95 ${quantile(ours, 0.95).toFixed(1)} ms; a bare SELECT p50 ${median(bare).toFixed(1)} ms; processor p50 ${median(steps.map(({ processor }) => processor)).toFixed(1)} ms; statements: ${counts('statements')}`,
      }),
      atMost(20, {
        id: 'step.git',
        what: 'calls of git for a step, p50',
        unit: '',
        value: median(steps.map(({ git }) => git)),
        note: counts('git'),
      }),
    ]
  } finally {
    work.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runSteps(
  folder: string,
  work: WatchedWork,
  signal: AbortSignal,
): Promise<{ steps: Between[]; bare: number[] }> {
  const bare: number[] = []
  const repo = await makeRepository(folder)
  const answers: Answer[] = []
  const agent = answersAtOnce(answers)
  const app = await openApp({
    config: loadConfig({
      env: { RANGERS_DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'warn' },
      cwd: folder,
    }),
    version: 'bench',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
    providers: { ...createProviders({ credentials: { key: () => null } }), get: () => agent },
    signal,
  })
  try {
    const api = appRouter.createCaller(app.ctx)
    const { board } = await api.projects.open({ path: repo })
    const { columns, settings } = await api.boards.get({ id: board.id })
    await api.boards.update({
      id: board.id,
      settings: { ...settings, clarity: false, max_iterations: ROUNDS, permission_mode: 'full' },
    })
    const [column] = columns
    if (!column) throw new Error('The board has no column')
    for (let run = -1; run < RUNS; run += 1) {
      const task = await api.tasks.create({ board_id: board.id, column_id: column.id, title: `Card ${run}` })
      const { id } = await api.executions.start({ task_id: task.id, workflow_type: 'development' })
      await app.ctx.orchestrator.settled(id)
      for (let count = 0; count < 50; count += 1) bare.push(await bareTime(app))
      if (run < 0) answers.length = 0 // the first run warms up
    }
  } finally {
    await app[Symbol.asyncDispose]()
  }
  if (process.env.BENCH_TEXTS) print(answers, work)
  const steps = answers.flatMap((answer, index) => {
    const next = answers[index + 1]
    if (next?.run !== answer.run) return []
    const [from, to] = [answer.to, next.from]
    const ours = to - from - work.gitTime(from, to)
    const processor = next.processor - answer.processor
    const [statements, git] = [work.statements(from, to), work.gitCalls(from, to)]
    return [{ phase: answer.phase, ours, processor, statements, git }]
  })
  return { steps, bare }
}

/** One way to the server and back, milliseconds: what a step needs a dozen of. */
async function bareTime({ pool }: App): Promise<number> {
  const start = performance.now()
  await pool.query('SELECT 1')
  return performance.now() - start
}

/** What is sent between two answers and when, for those who look for what could be left out. */
function print(answers: readonly Answer[], work: WatchedWork): void {
  const from = answers.findLastIndex(({ phase }) => phase === 'fix') - 4
  for (const index of [from, from + 1]) {
    const [answer, next] = [answers[index], answers[index + 1]]
    if (!answer || !next) return
    const sinceThen = (time: number) => (time - answer.to).toFixed(1).padStart(6)
    process.stderr.write(`\nAfter ${answer.phase}, until ${sinceThen(next.from)} ms:\n`)
    for (const { what, from, to } of work.spans(answer.to, next.from))
      process.stderr.write(
        `${sinceThen(from)} ${sinceThen(to)}  ${what.replace(/\s+/g, ' ').slice(0, 140)}\n`,
      )
  }
}

interface Answer {
  run: string
  phase: Phase
  from: number
  to: number
  /** Of this process until its end, milliseconds. */
  processor: number
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const FINDING = { severity: 'major', file: null, line: null, finding: 'Not yet.', suggestion: null }
const VERDICT = JSON.stringify({ status: 'CHANGES_REQUESTED', summary: 'Not yet.', findings: [FINDING] })

/** Says a line and uses a tool, as fast as it can; who develops changes a file. */
function answersAtOnce(answers: Answer[]): Provider {
  return {
    id: 'scripted',
    status: async () => ({ id: 'scripted', name: 'Bench', available: true, message: '', is_demo: true }),
    run: async ({ executionId, phase, tools, workspace }, host) => {
      const from = performance.now()
      host.emit({ type: 'text', messageId: 'm', delta: 'I am at it.' })
      const tool = { type: 'tool', id: 't', name: 'view', kind: 'read', title: 'View a.js' } as const
      host.emit({ ...tool, paths: ['a.js'], status: 'running' })
      host.emit({ ...tool, paths: ['a.js'], status: 'done', output: 'ok' })
      const usage = { input: 10, output: 10, cache_read: 0, cache_write: 0 }
      host.emit({ type: 'usage', usage, costUsd: 0, model: 'bench' })
      if (tools === 'edit')
        await writeFile(path.join(workspace, 'a.js'), `export const a = ${answers.length}\n`)
      const text = phase === 'review' ? VERDICT : 'Done.'
      answers.push({ run: executionId, phase, from, to: performance.now(), processor: processorTime() })
      return { status: 'completed', text, turns: 1, usage, costUsd: 0, model: 'bench' }
    },
  }
}
