import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fetchRuntime, findRuntime } from '../electron/runtime.mjs'
import { capture } from './child.mjs'
import { installDependencies, staleDependencies } from './dependencies.mjs'
import { setUpBuild, setUpProject } from './set-up.mjs'
import { SetupError } from './setup-error.mjs'

const USAGE = 'usage: npm run package [-- --trial]'

/**
 * Builds the app and packs it for this system. With `--trial` only the folder that would be installed, to look at here:
 * it may then hold the Electron of the npm registry, which is out of support and must not reach anybody.
 * @param {string} root @param {string[]} args @param {ReturnType<typeof import('./steps.mjs').printedSteps>} steps
 */
export async function packageApp(root, args, steps) {
  const isTrial = args.includes('--trial')
  if (args.some((arg) => arg !== '--trial')) throw new SetupError(USAGE)
  const packaging = path.join(root, 'packaging')
  await setUpProject(root, steps)
  const runtime = (await findRuntime(root)) ?? (await fetchRuntime(root))
  if (runtime.kind !== 'official' && !isTrial) throw new SetupError(UNSUPPORTED)
  await setUpBuild(root, steps)
  const stale = await staleDependencies(packaging)
  if (stale) await steps.run(`Installing the packager (${stale})`, () => installDependencies(packaging))
  await steps.run('Packaging', () => pack(root, runtime, isTrial))
  steps.say(`It is in ${path.join(root, 'dist')}.`)
}

const UNSUPPORTED =
  'Electron could not be downloaded, and the one of the npm registry is out of support: an app with it must not be given to anybody. Run this where the download works (ELECTRON_RUNTIME=official), or with `-- --trial` for a folder to look at here.'

/** The Electron that is here already is used, so that what was tested is what is packed. */
async function pack(root, runtime, isTrial) {
  await rm(path.join(root, 'dist'), { recursive: true, force: true })
  const builder = path.join(root, 'packaging/node_modules/electron-builder/cli.js')
  const flags = ['--projectDir', root, '--config', 'packaging/electron-builder.yml', '--publish', 'never']
  const electron = [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${await versionOf(runtime)}`]
  const command = [builder, ...flags, ...electron, ...(isTrial ? ['--dir'] : [])]
  const { code, output } = await capture(process.execPath, command, { cwd: root })
  if (code !== 0)
    throw new SetupError('The app could not be packed; the words of electron-builder are above.', {
      detail: output,
    })
}

async function versionOf({ folder }) {
  return (await readFile(path.join(folder, 'version'), 'utf8')).trim().replace(/^v/, '')
}
