// npm run test:agents [-- -t WORDS]   real agents of others do real work, offline, against the fake model server
import './setup/require-node.mjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { setUpProject } from './setup/set-up.mjs'
import { printedSteps } from './setup/steps.mjs'

/** Installed from the npm registry, outside the repository, without running their scripts; never shipped. */
const PACKAGES = {
  'opencode-ai': '1.18.33',
  '@github/copilot': '1.0.102',
  '@anthropic-ai/claude-agent-sdk': '0.3.330',
}
const FILES = ['agents-acp', 'agents-claude'].map((name) => `test/integration/${name}.int.test.ts`)

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
await setUpProject(root, printedSteps(process.stderr))
const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache')
const folder = process.env.RANGERS_TEST_AGENTS || path.join(cache, 'agent-rangers', 'agents')
const missing = []
for (const [name, version] of Object.entries(PACKAGES)) {
  if (!(await isInstalled(name, version))) missing.push(name)
}
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'integration',
  ...FILES,
  ...process.argv.slice(2),
]
const code = await run(process.execPath, args, root)
for (const name of missing)
  process.stdout.write(`SKIPPED: ${name} could not be installed from the npm registry.\n`)
process.exitCode = code

async function isInstalled(name, version) {
  const place = path.join(folder, name.replace(/^@/, '').replace('/', '-'))
  const manifest = path.join(place, 'node_modules', name, 'package.json')
  const found = await readFile(manifest, 'utf8').then(
    (text) => JSON.parse(text).version,
    () => null,
  )
  if (found === version) return true
  process.stdout.write(`Installing ${name} ${version} into ${place}\n`)
  await mkdir(place, { recursive: true })
  await writeFile(path.join(place, 'package.json'), '{ "private": true }\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const wanted = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    `${name}@${version}`,
  ]
  return (await run(npm, wanted, place)) === 0
}

async function run(program, programArguments, cwd) {
  const env = { ...process.env, RANGERS_TEST_AGENTS: folder }
  const child = spawn(program, programArguments, {
    cwd,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32' && program.endsWith('.cmd'),
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}
