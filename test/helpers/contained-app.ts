/**
 * Stands for the app in tests that end it in every way: `contained-app.mjs <options as JSON>`. Starts a program of an agent
 * as the app does, says one line of JSON, and ends in order when it hears "quit".
 */
import { startWatchdog } from '#db/embedded/watchdog-process.ts'
import { type ConfinedContext, spawnConfined } from '#electron/orchestrator/confined.ts'
import { openContainment } from '#electron/platform/containment.ts'

export interface ContainedAppOptions {
  workspace: string
  dataFolder: string
  instanceId: string
  executionId: string
  mode: 'auto' | 'off'
  /** The program that ends what is left when this one dies. */
  watchdog: string
  /** A shell command. */
  agent: string
}

const options = JSON.parse(process.argv[2] ?? '{}') as ContainedAppOptions
const { workspace, dataFolder, instanceId, executionId, mode, agent } = options

const guard = await startWatchdog({ instanceId, command: process.execPath, args: [options.watchdog] })
const containment = openContainment({ mode, dataFolder, instanceId })
const ctx = { instanceId, config: { dataFolder }, containment } as unknown as ConfinedContext
const place = { workspace: { path: workspace }, row: { id: executionId } } as Parameters<
  typeof spawnConfined
>[1]
const started = await spawnConfined(
  ctx,
  place,
  ['/bin/sh', ['-c', agent], { env: { PATH: process.env.PATH ?? '' } }],
  AbortSignal.timeout(60_000),
)
process.stdout.write(`${JSON.stringify({ pid: started.pid })}\n`)
process.stdin.once('data', () => {
  void started
    .kill()
    .then(() => guard.close())
    .then(() => process.exit(0))
})
