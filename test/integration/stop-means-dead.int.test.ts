import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ConfinedContext, runConfined, spawnConfined } from '#electron/orchestrator/confined.ts'
import { openContainment } from '#electron/platform/containment.ts'
import { endRecorded } from '#electron/platform/process-record.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import type { ContainedAppOptions } from '../helpers/contained-app.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'

const LIMIT_MS = 5000
const hasSandbox =
  (await openContainment({ mode: 'auto', dataFolder: '/', instanceId: 'probe' }).sandbox.kind()) !== 'none'

let programs: BuiltPrograms<'app' | 'watchdog'>
let folder: { path: string; remove: () => Promise<void> }
let workspace: string
let number = 0
let mark: string

beforeAll(async () => {
  const entries = { app: 'test/helpers/contained-app.ts', watchdog: 'db/embedded/watchdog.ts' }
  programs = await buildPrograms(entries)
})
afterAll(() => programs.remove())
beforeEach(async () => {
  folder = await temporaryFolder()
  workspace = await makeRepository(path.join(folder.path, 'work'), { 'a.txt': 'a\n' })
  await mkdir(path.join(folder.path, 'data'))
  mark = `${86_400 + process.pid}.${number++}`
})
afterEach(async () => {
  for (const pid of await sleepers()) end(pid)
  await folder.remove()
})

/** One that has ended meanwhile is well. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Known to the host by how long they sleep, whatever they have forgotten. */
async function sleepers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['axww', '-o', 'pid=,stat=,args='])
  const lines = stdout
    .split('\n')
    .filter((line) => new RegExp(`^\\s*\\d+ +[^Z]\\S* +sleep ${mark}$`).test(line))
  return lines.map((line) => Number.parseInt(line, 10))
}

/** Children, daemons of their own sessions and without parents, one without tags; all that can be deaf is. */
const tree = () => `
trap '' TERM INT HUP
sleep ${mark} &
setsid sleep ${mark} &
( ( setsid sleep ${mark} & ) & )
setsid sh -c "trap '' TERM; sleep ${mark}; sleep ${mark}" &
env -i sleep ${mark} &
wait; sleep ${mark}
`
const SIZE = 5

async function grown(): Promise<void> {
  await expect.poll(sleepers, { timeout: 10_000 }).toHaveLength(SIZE)
}

/** None is left at the latest 5 s after the deed was begun. */
async function deadAfter(deed: () => unknown): Promise<void> {
  const began = performance.now()
  await deed()
  await expect.poll(sleepers, { timeout: LIMIT_MS, interval: 50 }).toEqual([])
  expect(performance.now() - began).toBeLessThan(LIMIT_MS)
}

const modes = ['off', 'auto'] as const

describe.each(modes)('with the sandbox %s', (mode) => {
  const test = it.skipIf(mode === 'auto' && !hasSandbox)
  const options = (): ContainedAppOptions => ({
    workspace,
    dataFolder: path.join(folder.path, 'data'),
    instanceId: `instance-${mark}`,
    executionId: `execution-${mark}`,
    mode,
    watchdog: programs.path.watchdog,
    agent: tree(),
  })
  const inside = () => {
    const { dataFolder, instanceId, executionId } = options()
    const containment = openContainment({ mode, dataFolder, instanceId })
    const ctx = { instanceId, config: { dataFolder }, containment } as unknown as ConfinedContext
    return { ctx, place: { workspace: { path: workspace }, row: { id: executionId } } as never }
  }

  async function startApp(): Promise<{ app: ChildProcess; agent: number; gone: Promise<unknown> }> {
    const app = spawn(process.execPath, [programs.path.app, JSON.stringify(options())], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    if (!app.stdout) throw new Error('no output')
    const gone = once(app, 'exit')
    const [line] = await once(app.stdout, 'data')
    await grown()
    return { app, agent: JSON.parse(String(line)).pid, gone }
  }

  test('a cancelled command', async () => {
    const { ctx, place } = inside()
    const cancel = new AbortController()
    const running = runConfined(ctx, place, { command: tree(), timeoutMs: 60_000, signal: cancel.signal })
    await grown()
    await deadAfter(async () => {
      cancel.abort()
      await running
    })
  })

  test('a cancelled agent', async () => {
    const { ctx, place } = inside()
    const wanted = ['/bin/sh', ['-c', tree()], { env: { PATH: process.env.PATH ?? '' } }] as const
    const agent = await spawnConfined(ctx, place, [...wanted], AbortSignal.timeout(60_000))
    await grown()
    await deadAfter(agent.kill)
  })

  test('an agent that is killed', async () => {
    const { app, agent, gone } = await startApp()
    await deadAfter(() => process.kill(agent, 'SIGKILL'))
    app.stdin?.write('quit')
    await gone
  })

  test('the app quits', async () => {
    const { app, gone } = await startApp()
    await deadAfter(() => app.stdin?.write('quit'))
    await gone // it tidies up its folder, which is removed after the test
  })

  test('the app is killed', async () => {
    const { app, gone } = await startApp()
    await deadAfter(() => app.kill('SIGKILL'))
    await gone
  })

  test('the app and its watchdog are killed: the next start ends what was written down', async () => {
    const { app, gone } = await startApp()
    const { dataFolder, instanceId } = options()
    const { stdout } = await promisify(execFile)('ps', ['axww', '-o', 'pid=,args='])
    const watchdogs = stdout.split('\n').filter((line) => line.includes(`--instance ${instanceId}`))
    for (const line of watchdogs)
      if (!line.includes('contained')) process.kill(Number.parseInt(line, 10), 'SIGKILL')
    app.kill('SIGKILL')
    await gone
    await deadAfter(async () => expect(await endRecorded(dataFolder, instanceId)).toEqual([]))
  })
})
