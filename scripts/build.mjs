// npm run build: builds out/ anew.
import './setup/require-node.mjs'
import path from 'node:path'
import { build, hashSources } from './setup/build.mjs'
import { reportSetupError } from './setup/setup-error.mjs'
import { printedSteps } from './setup/steps.mjs'

const root = path.resolve(import.meta.dirname, '..')
try {
  await printedSteps(process.stdout).run('Building', async () => build(root, await hashSources(root)))
} catch (error) {
  reportSetupError(error)
}
