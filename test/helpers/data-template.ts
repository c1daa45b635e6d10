import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { openDatabase } from '#db/client.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { migrateUp } from '#db/migrate.ts'
import { keepLogs } from './run-logs.ts'

/** A data folder with a migrated database and nothing in it; setting one up takes seconds, copying it does not. */
export interface DataTemplate extends AsyncDisposable {
  /** Makes a data folder, as an app that was opened once and closed has left it. */
  copyTo(dataFolder: string): Promise<void>
}

/** Made by the product's own code, once for many tests. */
export async function makeDataTemplate(): Promise<DataTemplate> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'rangers-template-')))
  const remove = async () => {
    await keepLogs(folder)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await setUp(path.join(folder, 'postgres'))
  } catch (error) {
    await remove()
    throw error
  }
  return { copyTo: (dataFolder) => copy(folder, dataFolder), [Symbol.asyncDispose]: remove }
}

async function setUp(cluster: string): Promise<void> {
  const server = await startEmbeddedServer({ dataFolder: cluster, signal: AbortSignal.timeout(60_000) })
  try {
    const { pool, close } = openDatabase({ connection: server.connection, poolSize: 1 })
    await migrateUp(pool, { folder: path.resolve('migrations') })
    await close()
  } finally {
    await server.close()
  }
}

/** With its owner, which is not who runs the tests when that is root; Node's own copy would lose it. */
async function copy(template: string, dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await promisify(execFile)('cp', ['-a', path.join(template, 'postgres'), dataFolder])
}
