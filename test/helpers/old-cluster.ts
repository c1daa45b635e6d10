import { execFile } from 'node:child_process'
import { chown } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { ClientConfig } from 'pg'
import { openDatabase } from '#db/client.ts'
import { chooseAccount, ownerOf, prepareCommand } from '#db/embedded/account.ts'
import { programOf, type ServerBinaries } from '#db/embedded/binaries.ts'
import { bringUp } from '#db/embedded/bring-up.ts'
import { letGo } from '#db/embedded/end-server.ts'
import { findOldBinaries } from '#db/embedded/old-binaries.ts'
import { connectPresence, DATABASE_NAME, makeDatabase } from '#db/embedded/sessions.ts'
import { migrateUp } from '#db/migrate.ts'
import { fillEveryTable, readEverything } from './every-table.ts'

/** The major that the tests bring over: an installed one, or none. */
export const OLD_MAJOR = 15

export async function findOldServer(): Promise<ServerBinaries | undefined> {
  const signal = AbortSignal.timeout(20_000)
  return findOldBinaries(OLD_MAJOR, await chooseAccount(signal), signal)
}

/** A data folder as an app with an older PostgreSQL would have left it, a row in every table; gives those rows. */
export async function makeOldCluster(
  dataFolder: string,
  binaries: ServerBinaries,
): Promise<Record<string, unknown[]>> {
  const signal = AbortSignal.timeout(60_000)
  const account = await chooseAccount(signal)
  const args = [
    '-D',
    dataFolder,
    '--username',
    'rangers',
    '--encoding',
    'UTF8',
    '--no-locale',
    '--auth',
    'trust',
  ]
  const { file, args: all, options } = prepareCommand(account, programOf(binaries, 'initdb'), args)
  const owner = ownerOf(account)
  if (owner) await chown(resolve(dataFolder, '..'), owner.uid, owner.gid)
  await promisify(execFile)(file, all, options as object)
  await using server = await holdOldServer(dataFolder, binaries)
  const { pool, close } = openDatabase({ connection: server.connection, poolSize: 2 })
  try {
    await migrateUp(pool, { folder: resolve('migrations') })
    await fillEveryTable(pool)
    return await readEverything(pool)
  } finally {
    await close()
  }
}

/** Runs the folder's own server, as an app of that time would. */
export async function holdOldServer(
  dataFolder: string,
  binaries: ServerBinaries,
): Promise<AsyncDisposable & { connection: ClientConfig }> {
  const signal = AbortSignal.timeout(60_000)
  const place = { dataFolder, binaries, account: await chooseAccount(signal), signal }
  const connection = await bringUp(place)
  await makeDatabase(connection)
  const presence = await connectPresence(connection, 'postgres')
  return {
    connection: { ...connection, database: DATABASE_NAME },
    [Symbol.asyncDispose]: async () => void (await letGo(place, presence, AbortSignal.timeout(60_000))),
  }
}
