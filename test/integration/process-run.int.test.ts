import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '#electron/platform/process.ts'
import { findTagged, listProcesses } from '#electron/platform/process-table.ts'
import { killTagged } from '#electron/platform/process-tree.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'

let folder: string
let remove: () => Promise<void>
let number = 0
let executionId: string

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  executionId = `process-test-${process.pid}-${number++}`
})
afterEach(async () => {
  await killTagged({ executionId })
  await remove()
})

function run(
  command: string,
  options: { signal?: AbortSignal; timeoutMs?: number; mostBytes?: number; keptBytes?: number } = {},
) {
  const signal = options.signal ?? new AbortController().signal
  return runCommand({
    timeoutMs: 20_000,
    ...options,
    command,
    cwd: folder,
    instanceId: 'instance',
    executionId,
    signal,
  })
}
const left = async () => (await findTagged('RANGERS_EXECUTION_ID', executionId)).length

/** A child, a grandchild in its own session, a daemon without parents, under a root that ignores SIGTERM. */
const STUBBORN_TREE = `
trap '' TERM
sleep 300 &
setsid sleep 300 &
( ( setsid sleep 300 & ) & )
env -u RANGERS_EXECUTION_ID -u RANGERS_COMMAND_ID -u RANGERS_INSTANCE_ID sleep 300 &
echo ready > ready
wait; wait; sleep 300
`

async function started(count: number): Promise<void> {
  for (;;) {
    const isReady = await readFile(join(folder, 'ready'), 'utf8').catch(() => '')
    if (isReady && (await left()) >= count) return
    await wait(20)
  }
}

test('a command gives its exit code and what it printed, both streams in order', async () => {
  const result = await run('echo out; echo err >&2; echo ü; exit 3')
  expect(result).toEqual({ exitCode: 3, output: expect.stringContaining('out\n'), timedOut: false })
  expect(result.output).toContain('err\n')
  expect(result.output).toContain('ü\n')
})

test('the environment of a command holds the named variables and tags, and no key', async () => {
  process.env.ANTHROPIC_API_KEY = 'sk-ant-secret'
  try {
    const { output } = await run('env')
    const names = output
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')[0])
    const allowed = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TERM', 'CI', 'PWD', 'OLDPWD', 'SHLVL', '_']
    const tags = ['RANGERS_INSTANCE_ID', 'RANGERS_EXECUTION_ID', 'RANGERS_COMMAND_ID']
    expect(names.filter((name) => !allowed.includes(name ?? '')).sort()).toEqual([...tags].sort())
    expect(output).toContain('CI=1')
    expect(output).not.toContain('sk-ant-secret')
  } finally {
    delete process.env.ANTHROPIC_API_KEY
  }
})

test('an abort ends the whole tree within 5 s: own sessions, daemons, and what ignores SIGTERM', async () => {
  const controller = new AbortController()
  const running = run(STUBBORN_TREE, { signal: controller.signal })
  await started(4)
  const sleepers = await findTagged('RANGERS_EXECUTION_ID', executionId)
  expect(sleepers.length).toBeGreaterThanOrEqual(4)
  const before = performance.now()
  controller.abort()
  expect(await running).toMatchObject({ exitCode: null, timedOut: false })
  expect(performance.now() - before).toBeLessThan(5000)
  expect(await left()).toBe(0)
})

test('a child that has dropped its tags but not its parent is ended too', async () => {
  const controller = new AbortController()
  const running = run('env -i /bin/sh -c "sleep 300 & echo \\$! > pid; echo x > ready; wait"', {
    signal: controller.signal,
  })
  await started(1)
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'))
  controller.abort()
  await running
  expect((await listProcesses()).map((entry) => entry.pid)).not.toContain(pid)
})

test('the time limit ends the tree and is said', async () => {
  const result = await run('sleep 300 & setsid sleep 300 & wait', { timeoutMs: 300 })
  expect(result).toMatchObject({
    exitCode: null,
    timedOut: true,
    output: expect.stringContaining('time limit'),
  })
  expect(await left()).toBe(0)
})

test('what a finished command left in the background is ended, though it holds the pipe', async () => {
  const result = await run('setsid sleep 300 & echo done')
  expect(result).toEqual({ exitCode: 0, output: 'done\n', timedOut: false })
  expect(await left()).toBe(0)
})

test('a flood of output ends the command, and the end of it is kept', async () => {
  const result = await run('yes 0123456789', { mostBytes: 200_000, keptBytes: 1000 })
  expect(result.exitCode).toBeNull()
  expect(result.output.length).toBeLessThan(1300)
  expect(result.output).toMatch(/left out\n[\s\S]*more than \d+ bytes of output/)
})

test('a folder that is gone is named', async () => {
  const signal = new AbortController().signal
  const command = {
    command: 'true',
    cwd: join(folder, 'gone'),
    instanceId: 'i',
    executionId,
    timeoutMs: 1000,
    signal,
  }
  await expect(runCommand(command)).rejects.toMatchObject({ detail: { error: 'FOLDER_MISSING' } })
})

test('processes of a dead app are found by its instance and ended', async () => {
  const { spawn } = await import('node:child_process')
  const instanceId = `dead-${executionId}`
  const env = { PATH: process.env.PATH, RANGERS_INSTANCE_ID: instanceId, RANGERS_EXECUTION_ID: executionId }
  await writeFile(join(folder, 'tree.sh'), STUBBORN_TREE)
  const child = spawn('/bin/sh', ['tree.sh'], { cwd: folder, env, detached: true, stdio: 'ignore' })
  child.unref()
  await started(4)
  expect(await killTagged({ instanceId })).toEqual([])
  expect(await left()).toBe(0)
})
