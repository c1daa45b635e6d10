import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { capture } from './child.mjs'
import { describeCounts, sumCounts } from './count-tests.mjs'
import { setUpBuild, setUpElectron, setUpProject } from './set-up.mjs'
import { reportSetupError, SetupError } from './setup-error.mjs'
import { stages } from './stages.mjs'
import { printedSteps, seconds } from './steps.mjs'
import { openTemporaryFolder } from './temporary-folder.mjs'

/** Lines that say nothing about what failed: what passed, and what the window's processes mumble. */
const NOISE = /^\s*(✓|\[pid=\d+\])/
const PASSED = { passed: 1, failed: 0, skipped: 0 }
const FAILED = { passed: 0, failed: 1, skipped: 0 }

/**
 * Sets up what is missing and runs the stages with these names, or all. Goes on after a failed one, and ends with the
 * line "N passed, N failed" over all. The exit code is 1 when anything failed.
 * @param {string[]} names
 */
export async function runChecks(names) {
  const root = path.resolve(import.meta.dirname, '../..')
  const reports = await mkdtemp(path.join(tmpdir(), 'rangers-reports-'))
  const temporary = await openTemporaryFolder()
  const steps = printedSteps(process.stdout)
  const counts = []
  try {
    const all = stages(reports).map((stage) => ({ ...stage, env: { ...stage.env, ...temporary.env } }))
    const chosen = chooseStages(all, names)
    await setUpProject(root, steps)
    const early = startEarly(chosen, root)
    for (const stage of chosen) counts.push(await runWhenReady(stage, root, steps, early.get(stage)))
  } catch (error) {
    counts.push(FAILED)
    reportSetupError(error, process.stdout)
  } finally {
    await temporary.remove()
    await rm(reports, { recursive: true, force: true })
  }
  const sum = sumCounts(counts)
  if (sum.failed > 0) process.exitCode ||= 1
  process.stdout.write(`\n${describeCounts(sum)}\n`)
}

function chooseStages(all, names) {
  const unknown = names.filter((name) => !all.some((stage) => stage.name === name))
  if (unknown.length > 0)
    throw new SetupError(
      `There is no stage "${unknown.join('", "')}". The stages are: ${all.map((stage) => stage.name).join(', ')}.`,
    )
  return names.length === 0 ? all : all.filter((stage) => names.includes(stage.name))
}

/** Starts the stages that run beside others; they need no set-up. */
function startEarly(chosen, root) {
  const early = new Map()
  for (const stage of chosen.filter(({ beside }) => beside)) {
    const runs = execute(stage, root)
    runs.catch(() => {}) // heard when its turn comes
    early.set(stage, runs)
  }
  return early
}

/** Sets up what the stage needs, and runs it. Without its set-up it counts as one failed test. */
async function runWhenReady(stage, root, steps, early) {
  try {
    if (stage.needs === 'electron') await setUpElectron(root, steps)
    if (stage.needs !== 'nothing') await setUpBuild(root, steps)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    reportSetupError(error, process.stdout)
    process.stdout.write(`${stage.name.padEnd(12)} failed, because it could not be set up\n\n`)
    return FAILED
  }
  return report(stage, await (early ?? execute(stage, root)))
}

/** Runs the commands of a stage, and says how they ended and how long that took. */
async function execute({ commands, env, timeout }, root) {
  const from = performance.now()
  const runs = []
  for (const [command, ...args] of commands) {
    runs.push(await capture(command, args, { cwd: root, env: { ...process.env, ...env }, timeout }))
  }
  return { runs, took: performance.now() - from }
}

/** Prints the line of a stage, and of a failed one also what it said. */
async function report({ name, timeout, report: file, count }, { runs, took }) {
  const ok = runs.every((run) => run.code === 0)
  const counts = await stageCounts(ok, file, count)
  const late = runs.some((run) => run.timedOut) ? `, stopped after ${seconds(timeout)}` : ''
  const verdict = count ? describeCounts(counts) : ok ? 'passed' : 'failed'
  process.stdout.write(`${name.padEnd(12)} ${verdict}${late}, ${seconds(took)}\n`)
  if (!ok) process.stdout.write(`${runs.map((run) => told(run.output)).join('\n')}\n\n`)
  return counts
}

function told(output) {
  const lines = output.trimEnd().split('\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
  return lines.filter((line) => !NOISE.test(line.replace(/\x1b\[[0-9;]*m/g, ''))).join('\n')
}

/** A stage that failed without a failed test in its report (it crashed, or ran out of time) counts as one. */
async function stageCounts(ok, file, count) {
  if (!count) return ok ? PASSED : FAILED
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const counts = text ? count(JSON.parse(text)) : { passed: 0, failed: 0, skipped: 0 }
  return ok || counts.failed > 0 ? counts : sumCounts([counts, FAILED])
}
