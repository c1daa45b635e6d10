import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire, Module } from 'node:module'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import vm from 'node:vm'

/** A script that can be run, and what V8 has made of it. */
export interface CachedScript<T> {
  /** Gives the exports; throws what the script throws. Call once. */
  run(): T
  /**
   * Keeps what V8 has compiled by now for the next start, if it was not known yet; takes some 20 ms of this thread then.
   * Never rejects: without it, the next start is a slow one too.
   */
  keep(): Promise<void>
}

/** Parts of Node that take milliseconds to read: between them, others get their turn. */
const BUILT_IN = ['node:http', 'node:https', 'node:worker_threads', 'node:child_process', 'node:dns']

/** The digest of the script and of what was compiled of it, in front of the latter. */
const DIGEST_BYTES = 32

/**
 * Reads a CommonJS script in plain ASCII, with what an earlier start has compiled of it, kept in `cacheFile`. A cache that
 * belongs to another script or another V8, or is broken, counts as none. Rejects when the script cannot be read. Nothing
 * of it is compiled before `begin`, called once all is read, resolves.
 */
export async function readCached<T>(
  file: string,
  cacheFile: string,
  begin: () => Promise<unknown> = async () => {},
): Promise<CachedScript<T>> {
  const [source, kept] = await Promise.all([readFile(file), readFile(cacheFile).catch(() => null)])
  await begin()
  const require = createRequire(file)
  for (const name of BUILT_IN) {
    require(name)
    await breathe()
  }
  const compiled = kept?.subarray(DIGEST_BYTES)
  const isWhole = compiled && kept?.subarray(0, DIGEST_BYTES).equals(digestOf(source, compiled))
  const script = new vm.Script(wrapped(source), {
    filename: file,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(isWhole && { cachedData: compiled }),
  })
  await breathe()
  let isKept = isWhole === true && script.cachedDataRejected === false
  return {
    run() {
      const module = new Module(file)
      module.filename = file
      // The parts that are read on demand ask for the script by its file: they must get this one, and not a copy of it all.
      const known = require.resolve(file)
      require.cache[known] = module
      try {
        script.runInThisContext()(module.exports, require, module, file, path.dirname(file))
      } catch (error) {
        delete require.cache[known]
        throw error
      }
      module.loaded = true
      return module.exports as T
    },
    async keep() {
      if (isKept) return
      isKept = true
      await write(cacheFile, source, script.createCachedData()).catch(() => {})
    },
  }
}

/** As Node wraps its own. ASCII is read as Latin 1: one byte a letter, of which nothing has to be decoded. */
function wrapped(source: Buffer): string {
  return `(function (exports, require, module, __filename, __dirname) {'use strict';${source.toString('latin1')}\n})`
}

function digestOf(source: Buffer, compiled: Buffer): Buffer {
  return createHash('sha256').update(source).update(compiled).digest()
}

/** Two apps may keep at once: each writes a file of its own, and the last one stays. */
async function write(cacheFile: string, source: Buffer, compiled: Buffer): Promise<void> {
  await mkdir(path.dirname(cacheFile), { recursive: true, mode: 0o700 })
  const draft = `${cacheFile}.${process.pid}.tmp`
  try {
    await writeFile(draft, Buffer.concat([digestOf(source, compiled), compiled]), { mode: 0o600 })
    await rename(draft, cacheFile)
  } finally {
    await rm(draft, { force: true })
  }
}
