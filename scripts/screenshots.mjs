// npm run screenshots   renews docs/screenshots/: drives the real app on data of its own; see scripts/screenshots/.
import './setup/require-node.mjs'
import path from 'node:path'
import { runWithElectron } from './electron/launch.mjs'
import { fetchRuntime, findRuntime } from './electron/runtime.mjs'
import { build, hashSources, isBuilt } from './setup/build.mjs'
import { reportSetupError } from './setup/setup-error.mjs'

const root = path.resolve(import.meta.dirname, '..')
try {
  const sources = await hashSources(root)
  if (!(await isBuilt(root, sources))) await build(root, sources)
  const runtime = (await findRuntime(root)) ?? (await fetchRuntime(root))
  const config = 'scripts/screenshots/playwright.config.ts'
  const command = ['playwright', 'test', '--config', config, ...process.argv.slice(2)]
  process.exitCode = await runWithElectron(command, { root, runtime })
} catch (error) {
  reportSetupError(error)
}
