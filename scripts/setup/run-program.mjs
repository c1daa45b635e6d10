import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setUpBuild, setUpProject } from './set-up.mjs'
import { reportSetupError } from './setup-error.mjs'
import { printedSteps } from './steps.mjs'

/**
 * Runs out/main/<name>.js in this process with our arguments, after setting up what it needs. Only the program itself
 * writes to stdout. It works in the folder where the person typed the command, as far as npm tells it.
 * @param {string} name
 */
export async function runProgram(name) {
  const root = path.resolve(import.meta.dirname, '../..')
  const program = path.join(root, 'out/main', `${name}.js`)
  try {
    const steps = printedSteps(process.stderr)
    await setUpProject(root, steps)
    await setUpBuild(root, steps)
  } catch (error) {
    return reportSetupError(error)
  }
  process.argv[1] = program
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
  await import(pathToFileURL(program).href)
}
