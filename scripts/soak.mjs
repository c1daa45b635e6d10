// npm run soak [-- --seconds 60 --seed 7]   three apps on one server, with kills; 10 minutes when nothing else is said.
import './setup/require-node.mjs'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { setUpProject } from './setup/set-up.mjs'
import { reportSetupError } from './setup/setup-error.mjs'
import { printedSteps } from './setup/steps.mjs'

const root = path.resolve(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string' } },
})
const seconds = Number(values.seconds)
const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed)

const abort = new AbortController()
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => abort.abort())
const started = performance.now()
const tell = (line) =>
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)

try {
  if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new Error('--seconds and --seed take numbers.')
  process.chdir(root)
  await setUpProject(root, printedSteps(process.stderr))
  const { module } = await runnerImport(path.join(root, 'scripts/soak/run.ts'), {
    configFile: false,
    oxc: { target: 'node20.18' },
  })
  tell(`seed ${seed}`)
  const { problems, figures } = await module.runSoak({ seconds, seed, tell }, abort.signal)
  for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${name.padEnd(42)}${figure}\n`)
  for (const problem of problems.slice(0, 30)) process.stdout.write(`WRONG: ${problem}\n`)
  if (problems.length > 30) process.stdout.write(`… and ${problems.length - 30} more\n`)
  const again = `Repeat with: npm run soak -- --seconds ${seconds} --seed ${seed}`
  process.stdout.write(problems.length === 0 ? 'PASSED\n' : `FAILED. ${again}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  if (abort.signal.aborted) process.exitCode = 130
  else {
    reportSetupError(error)
    process.stdout.write(`FAILED. Repeat with: npm run soak -- --seconds ${seconds} --seed ${seed}\n`)
    process.exitCode ||= 1
  }
}
