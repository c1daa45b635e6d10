import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '#shared/errors.ts'
import type { DatabaseOptions } from './client.ts'
import { migrateUp } from './migrate.ts'
import { type Change, planChange } from './migration-change.ts'
import { compareSchema, type Difference } from './migration-check.ts'
import { fullName, type MigrationMeta, readMigrations } from './migration-files.ts'
import { headsOf, onlyHead } from './migration-graph.ts'
import { createScratchDatabase, openSmall } from './scratch-database.ts'

export interface NewMigration {
  /** Where the migrations are. */
  folder: string
  message: string
  now: Date
  /** Any uuid: its last four characters keep two branches' revisions apart. */
  id: string
}

/** A migration that was written. */
export interface MadeMigration {
  revision: string
  /** Its folder within `migrations/`. */
  directory: string
  differences: Difference[]
}

/**
 * Writes the next migration: with the SQL that takes the migrations to where the drizzle schema is, or, where they agree
 * (or without a server), empty for a person to fill. What is written must be reviewed.
 */
export async function makeMigration(
  options: NewMigration & {
    connection: DatabaseOptions['connection'] | null
    schema?: Record<string, unknown>
    signal?: AbortSignal
  },
): Promise<MadeMigration> {
  const { folder, connection, signal } = options
  const head = onlyHead(await readMigrations(folder))
  const { differences, change } = connection
    ? await findChange(connection, folder, options.schema, signal)
    : { differences: [], change: { up: '', down: '' } }
  const text = differences.length > 0 ? reviewed(change, differences) : empty
  const made = await writeMigration(options, head?.revision ?? null, text)
  return { ...made, differences }
}

/** Writes an empty migration that builds on every head. */
export async function makeMerge(options: NewMigration): Promise<MadeMigration> {
  const heads = headsOf(await readMigrations(options.folder)).map(({ revision }) => revision)
  if (heads.length < 2)
    throw new InvalidInputError('ONE_HEAD', 'The migrations have one head: there is nothing to merge.')
  const note = `-- Joins ${heads.join(' and ')}; there is nothing to do.\n`
  return { ...(await writeMigration(options, heads, { up: note, down: note })), differences: [] }
}

/** Migrates a scratch database to the head and compares it with the schema. */
async function findChange(
  connection: DatabaseOptions['connection'],
  folder: string,
  schema: Record<string, unknown> | undefined,
  signal: AbortSignal | undefined,
): Promise<{ differences: Difference[]; change: Change }> {
  await using scratch = await createScratchDatabase(connection, 'make')
  const { pool, close } = openSmall(scratch.connection)
  try {
    await migrateUp(pool, { folder, signal })
    const { differences, snapshot, live } = await compareSchema(pool, schema)
    return { differences, change: await planChange(differences, snapshot, live) }
  } finally {
    await close()
  }
}

async function writeMigration(
  { folder, message, now, id }: NewMigration,
  parents: MigrationMeta['down_revision'],
  { up, down }: Change,
): Promise<Pick<MadeMigration, 'revision' | 'directory'>> {
  const known = await readMigrations(folder)
  const last = Math.max(0, ...known.map((migration) => Number(migration.revision.slice(0, 4))))
  const revision = `${String(last + 1).padStart(4, '0')}-${id.replaceAll('-', '').slice(-4)}`
  const directory = fullName({ revision, name: nameOf(message) })
  const meta: MigrationMeta = { revision, down_revision: parents, message, created: now.toISOString() }
  const draft = join(folder, `.${directory}`)
  try {
    await mkdir(draft)
    await writeFile(join(draft, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`)
    await writeFile(join(draft, 'up.sql'), `-- ${message}\n${up}`)
    await writeFile(join(draft, 'down.sql'), `-- Undoes: ${message}\n${down}`)
    await rename(draft, join(folder, directory))
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
  return { revision, directory }
}

function nameOf(message: string): string {
  const words = message.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  const name = words.slice(0, 40).replaceAll(/^_+|_+$/g, '')
  if (name === '') throw new InvalidInputError('NO_MESSAGE', 'Say in a few words what the migration does.')
  return name
}

const empty: Change = {
  up: '-- Write here what it does.\n',
  down: '-- Write here what undoes it, to the letter: a test runs up, down and up again.\n',
}

/** What a generator cannot know. */
function reviewed({ up, down }: Change, differences: readonly Difference[]): Change {
  const dropped = differences.some(({ kind, expected }) => /table|column/.test(kind) && expected === null)
  const added = differences.some(({ kind, found }) => /table|column/.test(kind) && found === null)
  const notes = [
    '-- REVIEW THIS: generated from the drizzle schema. It knows nothing of checks, triggers and data.',
    ...(dropped ? ['-- REVIEW THIS: it drops a table or column, with all that is in it.'] : []),
    ...(dropped && added
      ? ['-- REVIEW THIS: if something was renamed, write ALTER … RENAME in place of both.']
      : []),
  ]
  const head = `${notes.join('\n')}\n\n`
  return { up: head + up, down: head + down }
}
