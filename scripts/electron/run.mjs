// node scripts/electron/run.mjs COMMAND [ARGS…]   runs a command that starts Electron; see launch.mjs.
import '../setup/require-node.mjs'
import path from 'node:path'
import { reportSetupError } from '../setup/setup-error.mjs'
import { runWithElectron } from './launch.mjs'
import { fetchRuntime, findRuntime } from './runtime.mjs'

const root = path.resolve(import.meta.dirname, '../..')
try {
  const runtime = (await findRuntime(root)) ?? (await fetchRuntime(root))
  process.exitCode = await runWithElectron(process.argv.slice(2), { root, runtime })
} catch (error) {
  reportSetupError(error)
}
