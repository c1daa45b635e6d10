// npm run package: makes the app that people install, for this system, in dist/. See docs/packaging.md.
import './setup/require-node.mjs'
import path from 'node:path'
import { reportSetupError } from './setup/setup-error.mjs'
import { printedSteps } from './setup/steps.mjs'

const root = path.resolve(import.meta.dirname, '..')
try {
  const { packageApp } = await import('./setup/package-app.mjs')
  await packageApp(root, process.argv.slice(2), printedSteps(process.stdout))
} catch (error) {
  reportSetupError(error)
}
