import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { readDatabaseFacts, readDatabaseIdentity } from '#db/queries/database-facts.ts'
import type { DatabaseInfo } from '#shared/database.ts'
import type { AppContext } from '../context.ts'

/** Which database this is, without any credentials. */
export async function getDatabaseInfo(
  ctx: Pick<AppContext, 'db' | 'config' | 'poolStatus' | 'migrationState'>,
): Promise<DatabaseInfo> {
  const { db, config } = ctx
  const [facts, schema, kept] = await Promise.all([
    readDatabaseFacts(db),
    ctx.migrationState(),
    keptFolders(config.dataFolder),
  ])
  const { total, idle, waiting } = ctx.poolStatus()
  return {
    kind: config.databaseUrl ? 'server' : 'embedded',
    host: config.databaseUrl ? hostOf(config.databaseUrl.reveal()) : null,
    ...facts,
    revision: schema.applied.at(-1)?.revision ?? null,
    pending: schema.pending.length,
    pool: { total, idle, waiting },
    kept,
  }
}

/** The identity of the database, now and whenever another one has taken its place under the same name. */
export async function* followDatabaseIdentity(
  ctx: Pick<AppContext, 'db' | 'wakeups'>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  using ear = ctx.wakeups.listen('database')
  let last: string | null = null
  while (!signal.aborted) {
    // While it cannot be read, the database is away; when it is back, everybody is woken.
    const identity = await readDatabaseIdentity(ctx.db).catch(() => last)
    if (identity !== null && identity !== last) yield identity
    last = identity
    await ear.heard(signal)
  }
}

/** Host and port as they are written, or the folder of the socket. */
function hostOf(address: string): string {
  const url = new URL(address)
  return url.host || url.searchParams.get('host') || 'localhost'
}

/** What bringing the data over from an older PostgreSQL has left for the person to remove. */
async function keptFolders(dataFolder: string): Promise<string[]> {
  const names = await readdir(dataFolder).catch(() => [])
  return names
    .filter((name) => /^postgres\.pg\d+(-\d+)?$/.test(name))
    .map((name) => path.join(dataFolder, name))
}
