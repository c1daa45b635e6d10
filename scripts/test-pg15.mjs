// npm run test:pg15 [-- FILE…]   the integration tests on an installed PostgreSQL 15 or newer, on a cluster thrown away after
import './setup/require-node.mjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { runnerImport } from 'vite'
import { setUpProject } from './setup/set-up.mjs'
import { printedSteps } from './setup/steps.mjs'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
await setUpProject(root, printedSteps(process.stderr))
const { module } = await runnerImport(path.join(root, 'scripts/other-postgres/server.ts'), {
  configFile: false,
  oxc: { target: 'node20.18' },
})
const server = await module.startOther()
if (server === null) {
  process.stdout.write(
    'SKIPPED: no PostgreSQL 15, 16 or 17 is installed here (Debian: apt install postgresql-15).\n',
  )
} else {
  const stop = () => server[Symbol.asyncDispose]()
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => void stop().then(() => process.exit(1)))
  try {
    process.stdout.write(`The integration tests on PostgreSQL ${server.version}\n`)
    const args = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'integration',
      ...process.argv.slice(2),
    ]
    const env = { ...process.env, TEST_DATABASE_URL: server.url }
    const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', env }), 'exit')
    process.exitCode = code ?? 1
  } finally {
    await stop()
  }
}
