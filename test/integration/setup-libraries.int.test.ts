import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Ended, openSetupProject, runNode, type SetupProject } from '../helpers/setup-project.ts'

const isRoot = process.getuid?.() === 0
const onLinux = it.runIf(process.platform === 'linux')
const asRoot = it.runIf(process.platform === 'linux' && isRoot)
const PROGRAM = `
import { installSystemLibraries, missingSystemLibraries } from './scripts/setup/system-libraries.mjs'
import { reportSetupError } from './scripts/setup/setup-error.mjs'
const missing = await missingSystemLibraries({ binary: '/bin/true', display: false })
await installSystemLibraries(missing).catch((error) => reportSetupError(error))
`
let project: SetupProject

beforeEach(async () => {
  project = await openSetupProject()
  await program('ldd', 'echo "  libnss3.so => not found"; echo "  libc.so.6 => /lib/libc.so.6 (0x1)"')
})
afterEach(() => project[Symbol.asyncDispose]())

onLinux('an ordinary user gets the one sudo line', async () => {
  await program('apt-get', 'echo "must not run" >&2; exit 9')
  const ended = await run({ ordinary: true })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(
    /\n {2}sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0(t64)? libnss3 libasound2(t64)? libgbm1\n/,
  )
})

asRoot('root installs them with apt-get', async () => {
  await program('apt-get', 'echo "$@" >> calls')
  expect(await run({})).toEqual({ code: 0, stdout: '', stderr: '' })
  const calls = await runNode(
    [
      '-p',
      "require('node:fs').readFileSync('calls', 'utf8').trim().split('\\n').map((c) => c.split(' ').at(0))",
    ],
    { cwd: project.folder },
  )
  expect(calls.stdout).toBe("[ 'update', '-o' ]\n")
})

asRoot('a failed apt-get is shown with its own words', async () => {
  await program('apt-get', 'echo "E: no such package" >&2; exit 100')
  const ended = await run({})
  expect(ended).toEqual({
    code: 1,
    stdout: '',
    stderr: 'E: no such package\n\napt-get could not read its package lists; its own words are above.\n',
  })
})

onLinux('without apt-get the missing files are named', async () => {
  const ended = await run({ ordinary: true })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(
    /^Electron needs libnss3\.so, .* Install them with the package manager of this system/,
  )
})

/** A program in the only folder on PATH. */
async function program(name: string, lines: string): Promise<void> {
  await project.write(`bin/${name}`, `#!/bin/sh\n${lines}\n`)
  await chmod(path.join(project.folder, 'bin', name), 0o755)
}

function run({ ordinary = false }): Promise<Ended> {
  const env = { PATH: path.join(project.folder, 'bin') }
  return runNode(['--input-type=module', '--eval', PROGRAM], { cwd: project.folder, env, ordinary })
}
