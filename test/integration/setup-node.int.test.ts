import { expect, it } from 'vitest'
import { openSetupProject, runNode } from '../helpers/setup-project.ts'

const PROGRAMS = ['start', 'test', 'rangers', 'dev', 'build']

it.each(PROGRAMS)('an old Node gets one sentence from %s and exit code 1', async (program) => {
  expect(await runWithNodeVersion(`scripts/${program}.mjs`, '18.20.4')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Agent Rangers needs Node 20.19 or newer (22.12 or newer in the 22 line), and this is Node 18.20.4. Install the current LTS version from https://nodejs.org and run the command again.\n',
  })
})

it.each(['20.18.1', '21.7.3', '22.11.0'])('refuses Node %s', async (version) => {
  expect((await runWithNodeVersion('scripts/setup/require-node.mjs', version)).code).toBe(1)
})

it.each(['20.19.0', '22.12.0', '24.0.0', '25.1.0'])('takes Node %s', async (version) => {
  expect(await runWithNodeVersion('scripts/setup/require-node.mjs', version)).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
})

async function runWithNodeVersion(file: string, version: string) {
  await using project = await openSetupProject()
  await project.write(
    'version.cjs',
    `Object.defineProperty(process.versions, 'node', { value: '${version}' })\n`,
  )
  return await runNode(['--require', './version.cjs', file], { cwd: project.folder })
}
