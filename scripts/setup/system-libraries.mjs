import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { capture } from './child.mjs'
import { SetupError } from './setup-error.mjs'

/** What Electron links to. Names of Debian 12 and Ubuntu 22.04; newer releases add "t64" to those marked. */
const LIBRARIES = [
  { name: 'libgtk-3-0', t64: true },
  { name: 'libnss3' },
  { name: 'libasound2', t64: true },
  { name: 'libgbm1' },
]

/**
 * The Debian packages that `binary` (and a virtual display, when `display` is wanted) needs and this machine lacks.
 * @param {{ binary: string, display: boolean }} wanted
 * @returns {Promise<{ packages: string[], libraries: string[] }>} libraries: file names that the loader does not find
 */
export async function missingSystemLibraries({ binary, display }) {
  const { output } = await capture('ldd', [binary])
  const libraries = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
  const packages = []
  if (libraries.length > 0) packages.push(...(await libraryPackages()))
  if (display && !(await onPath('Xvfb'))) packages.push('xvfb')
  if (display && !(await hasFonts())) packages.push('fonts-dejavu-core')
  return { packages, libraries }
}

/**
 * Installs packages with apt-get when root; otherwise, or where there is no apt-get, throws a SetupError with what to do.
 * @param {{ packages: string[], libraries: string[] }} missing
 */
export async function installSystemLibraries({ packages, libraries }) {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (!(await onPath('apt-get')))
    throw new SetupError(
      `Electron needs ${[...libraries, ...packages].join(', ')}. Install them with the package manager of this system and run the command again.`,
    )
  if (process.getuid?.() !== 0)
    throw new SetupError(
      `Electron needs system libraries that are not installed. Run this line, then the command again:\n\n  sudo apt-get update && sudo ${install}\n`,
    )
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['-o', 'DPkg::Lock::Timeout=300', ...install.split(' ').slice(1)]]) {
    const { code, output } = await capture('apt-get', args, { env, timeout: 15 * 60_000 })
    if (code !== 0)
      throw new SetupError(
        `apt-get could not ${args.includes('update') ? 'read its package lists' : `install ${packages.join(' ')}`}; its own words are above.`,
        {
          detail: output.trimEnd().split('\n').slice(-15).join('\n'),
        },
      )
  }
}

async function libraryPackages() {
  const t64 = await hasT64Names()
  return LIBRARIES.map((library) => library.name + (library.t64 && t64 ? 't64' : ''))
}

/** Since Debian 13 and Ubuntu 24.04 some libraries carry a new name (64-bit time). */
async function hasT64Names() {
  const release = Object.fromEntries(
    [...(await readFile('/etc/os-release', 'utf8').catch(() => '')).matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(
      (match) => [match[1], match[2]],
    ),
  )
  if (release.ID === 'ubuntu') return Number(release.VERSION_ID) >= 24.04
  if (release.ID === 'debian') return !release.VERSION_ID || Number(release.VERSION_ID) >= 13
  const { output } = await capture('apt-cache', ['show', 'libasound2t64']).catch(() => ({ output: '' }))
  return output.startsWith('Package:')
}

async function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => existsSync(path.join(folder, program)))
}

async function hasFonts() {
  const entries = await readdir('/usr/share/fonts').catch(() => [])
  return entries.length > 0
}
