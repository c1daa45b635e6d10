import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { capture } from './child.mjs'
import { explainSystemError, SetupError } from './setup-error.mjs'

const FOLDERS = ['db', 'electron', 'renderer', 'shared']
const FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const STAMP = '.sources'

/** A hash over everything the build reads. @param {string} root @returns {Promise<string>} */
export async function hashSources(root) {
  const listed = await Promise.all(
    FOLDERS.map((folder) => readdir(path.join(root, folder), { recursive: true, withFileTypes: true })),
  )
  const files = listed
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  const all = [...files.sort(), ...FILES.map((file) => path.join(root, file))]
  const contents = await Promise.all(all.map((file) => readFile(file)))
  const hash = createHash('sha256')
  for (const [index, file] of all.entries())
    hash.update(`${path.relative(root, file)}\0${contents[index].length}\0`).update(contents[index])
  return hash.digest('hex')
}

/** Whether out/ was built from these sources. @param {string} root @param {string} sources from hashSources */
export async function isBuilt(root, sources) {
  const stamp = await readFile(path.join(root, 'out', STAMP), 'utf8').catch(() => '')
  return stamp === sources
}

/**
 * Builds into a folder of its own and moves it to out/ when all is well: a failed build leaves the old one.
 * @param {string} root @param {string} sources from hashSources
 */
export async function build(root, sources) {
  const fresh = path.join(root, `.out-${process.pid}`)
  const old = `${fresh}-old`
  try {
    await mkdir(fresh)
    const vite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    const env = { ...process.env, NODE_ENV: 'production', RANGERS_BUILD_FOLDER: fresh }
    const { code, output } = await capture(process.execPath, [vite, 'build'], { cwd: root, env })
    if (code !== 0) throw new SetupError('The build failed; its own words are above.', { detail: output })
    await writeFile(path.join(fresh, STAMP), sources)
    await rename(path.join(root, 'out'), old).catch(ignoreMissing)
    await rename(fresh, path.join(root, 'out')).catch(ignoreOther)
  } catch (error) {
    throw explainSystemError(error, root)
  } finally {
    await Promise.all([fresh, old].map((folder) => rm(folder, { recursive: true, force: true })))
  }
}

/** Forgets what out/ was built from, so that the next start builds. @param {string} root */
export async function forgetBuild(root) {
  await rm(path.join(root, 'out', STAMP), { force: true })
}

function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error
}

/** Another build of the same sources was a moment faster: its result stands. */
function ignoreOther(error) {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
}
