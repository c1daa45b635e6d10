import { existsSync } from 'node:fs'
import { access, constants, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { capture } from './child.mjs'
import { requireFreeSpace } from './disk.mjs'
import { explainSystemError, SetupError } from './setup-error.mjs'

const INSTALL_GIGABYTES = 1
const INSTALL_TIMEOUT = 15 * 60_000

/**
 * Why `node_modules` of the project in `root` has to be installed; undefined when it agrees with package-lock.json.
 * npm writes node_modules/.package-lock.json last, so a broken install counts as stale.
 * @param {string} root @returns {Promise<string | undefined>}
 */
export async function staleDependencies(root) {
  const [manifest, lock, installed] = await Promise.all(
    ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'].map((file) =>
      readJson(path.join(root, file)),
    ),
  )
  if (!installed) return 'not installed yet'
  for (const [folder, wanted] of Object.entries(lock?.packages ?? {})) {
    if (folder && isForThisMachine(wanted) && !isPresent(wanted, installed.packages[folder]))
      return `${nameOf(folder)} changed`
  }
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!existsSync(path.join(root, 'node_modules', name, 'package.json'))) return `${name} is missing`
  }
}

/**
 * Installs what package-lock.json says, development tools included. Not `npm ci`: that removes node_modules under an app
 * that runs.
 * @param {string} root
 */
export async function installDependencies(root) {
  await access(root, constants.W_OK).catch((error) => {
    throw explainSystemError(error, root)
  })
  await requireFreeSpace(root, INSTALL_GIGABYTES)
  const modules = path.join(root, 'node_modules')
  if (!existsSync(path.join(modules, '.package-lock.json')))
    await rm(modules, { recursive: true, force: true }) // of an install that was broken off
  const flags = [
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { code, output, timedOut } = await npm(['install', ...flags], root)
  if (code !== 0) throw explainNpm(output, timedOut)
}

/** @param {string[]} args @param {string} cwd */
export function npm(args, cwd, env = process.env) {
  const options = { cwd, env, timeout: INSTALL_TIMEOUT }
  if (process.env.npm_execpath) return capture(process.execPath, [process.env.npm_execpath, ...args], options)
  if (process.platform === 'win32') return capture('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
  return capture('npm', args, options)
}

/** The sentence for a failed npm. @param {string} output @param {boolean} timedOut */
export function explainNpm(output, timedOut) {
  if (/ENOSPC|no space left/i.test(output))
    return new SetupError('The disk ran full while npm installed. Free some space and run the command again.')
  if (/EACCES|EPERM|EROFS/.test(output))
    return new SetupError(
      'npm may not write to this folder or to its cache. Give your user write access to both and run the command again.',
      { detail: tail(output) },
    )
  if (timedOut || /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return new SetupError(
      'npm could not reach its registry. Check the network (and `npm config get registry`) and run the command again.',
      { detail: tail(output) },
    )
  return new SetupError('npm could not install the dependencies; its own words are above.', {
    detail: tail(output),
  })
}

function tail(output) {
  return output.trimEnd().split('\n').slice(-15).join('\n')
}

function nameOf(folder) {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** An optional package without a platform of its own belongs to one that has: both may be absent. */
function isPresent(wanted, found) {
  return found ? found.version === wanted.version : Boolean(wanted.optional && !wanted.os)
}

/** Packages of one C library only (musl, glibc) are left to npm: telling which one is here costs more than it is worth. */
function isForThisMachine({ os, cpu, libc }) {
  return !libc && fits(os, process.platform) && fits(cpu, process.arch)
}

function fits(list, value) {
  return !list || list.includes(value)
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
