// npm run dev: the app from its sources, renewed as they change.
import './setup/require-node.mjs'
import path from 'node:path'
import { runWithElectron } from './electron/launch.mjs'
import { forgetBuild } from './setup/build.mjs'
import { setUpElectron, setUpProject } from './setup/set-up.mjs'
import { reportSetupError } from './setup/setup-error.mjs'
import { printedSteps } from './setup/steps.mjs'

const root = path.resolve(import.meta.dirname, '..')
try {
  const steps = printedSteps(process.stdout)
  await setUpProject(root, steps)
  const runtime = await setUpElectron(root, steps)
  await forgetBuild(root) // what electron-vite puts into out/ is a development build
  process.exitCode = await runWithElectron(['electron-vite', 'dev', '--watch', ...process.argv.slice(2)], {
    root,
    runtime,
  })
} catch (error) {
  reportSetupError(error)
}
