import { v4 as newId } from 'uuid'
import { migrateDown, migrateUp, migrationStatus, stampRevision } from '#db/migrate.ts'
import { compareSchema, describeDifference } from '#db/migration-check.ts'
import { fullName, readMigrations } from '#db/migration-files.ts'
import { headsOf } from '#db/migration-graph.ts'
import { type MadeMigration, makeMerge, makeMigration } from '#db/migration-make.ts'
import { migrationScript } from '#db/migration-script.ts'
import type { DatabaseCommand } from './database-arguments.ts'
import type { OpenServer } from './database-server.ts'
import { type Output, table } from './output.ts'

type Command<Name extends DatabaseCommand['command']> = Extract<DatabaseCommand, { command: Name }>

/** What a command works with; the server is opened only by those that need one. */
export interface DatabaseWork {
  folder: string
  output: Output
  signal: AbortSignal
  open(): Promise<OpenServer>
  /** Backs an embedded database up before something is taken from it. */
  beforeLoss(server: OpenServer): Promise<void>
}

export async function runUp(work: DatabaseWork, { target }: Command<'up'>): Promise<number> {
  const server = await work.open()
  const { folder, signal, output } = work
  const beforeLoss = () => work.beforeLoss(server)
  const applied = await migrateUp(server.pool, { folder, signal, target, beforeLoss })
  for (const migration of applied) output.line(`Applied ${fullName(migration)}`)
  if (applied.length === 0) output.line('Nothing to apply: the database is up to date.')
  return 0
}

export async function runDown(work: DatabaseWork, { target }: Command<'down'>): Promise<number> {
  const server = await work.open()
  const { folder, signal, output } = work
  const beforeLoss = () => work.beforeLoss(server)
  const undone = await migrateDown(server.pool, { folder, signal, target, beforeLoss })
  for (const migration of undone) output.line(`Undid ${fullName(migration)}`)
  if (undone.length === 0) output.line('Nothing to undo.')
  return 0
}

export async function runCurrent(
  { open, folder, output }: DatabaseWork,
  { json }: Command<'current'>,
): Promise<number> {
  const { pool } = await open()
  const { applied, pending, changed, unknown } = await migrationStatus(pool, { folder })
  if (json) {
    const revisions = (rows: { revision: string }[]) => rows.map(({ revision }) => revision)
    output.json({
      applied,
      pending: revisions(pending),
      changed: revisions(changed),
      unknown: revisions(unknown),
    })
    return 0
  }
  const state = (revision: string) => {
    if (unknown.some((row) => row.revision === revision)) return 'unknown to this version'
    return changed.some((row) => row.revision === revision) ? 'changed since' : 'applied'
  }
  const rows = [
    ...applied.map((row) => [fullName(row), state(row.revision), row.applied_at.toISOString()]),
    ...pending.map((migration) => [fullName(migration), 'pending', '']),
  ]
  for (const line of table([['MIGRATION', 'STATE', 'SINCE'], ...rows])) output.line(line)
  return 0
}

export async function runHistory(
  { folder, output }: DatabaseWork,
  { json }: Command<'history'>,
): Promise<number> {
  const known = await readMigrations(folder)
  const heads = new Set(headsOf(known))
  const list = known.toReversed().map((migration) => {
    const { revision, name, parents, message, created } = migration
    return { revision, name, parents, message, created, head: heads.has(migration) }
  })
  if (json) output.json(list)
  else {
    const rows = list.map((each) => [
      `${each.parents.join(' + ') || 'base'} → ${each.revision}${each.head ? ' (head)' : ''}`,
      each.created.slice(0, 10),
      each.message,
    ])
    for (const line of table([['REVISION', 'CREATED', 'MESSAGE'], ...rows])) output.line(line)
  }
  return 0
}

/** 1 when the database is not what the schema says, or not up to date. */
export async function runCheck(
  { open, folder, output }: DatabaseWork,
  { json }: Command<'check'>,
): Promise<number> {
  const { pool } = await open()
  const { pending } = await migrationStatus(pool, { folder })
  const { differences } = await compareSchema(pool)
  if (json) output.json({ differences, pending: pending.map(({ revision }) => revision) })
  else {
    for (const difference of differences) output.line(describeDifference(difference))
    if (pending.length > 0)
      output.line(`Not up to date: ${pending.map(fullName).join(', ')}. Run “npm run db -- up”.`)
    if (differences.length + pending.length === 0) output.line('The database is what the schema says.')
  }
  return differences.length + pending.length === 0 ? 0 : 1
}

export async function runMake(work: DatabaseWork, { message, empty }: Command<'make'>): Promise<number> {
  const { folder, signal, output } = work
  const connection = empty ? null : (await work.open()).connection
  const made = await makeMigration({ folder, message, connection, signal, now: new Date(), id: newId() })
  for (const difference of made.differences) output.line(describeDifference(difference))
  announce(made, output)
  if (made.differences.length > 0) output.line('Review up.sql and down.sql before you apply it.')
  else output.line('It is empty: write up.sql and down.sql, then apply it.')
  return 0
}

export async function runMerge(
  { folder, output }: DatabaseWork,
  { message }: Command<'merge'>,
): Promise<number> {
  announce(await makeMerge({ folder, message, now: new Date(), id: newId() }), output)
  return 0
}

export async function runSql(
  { folder, output }: DatabaseWork,
  { from, to }: Command<'sql'>,
): Promise<number> {
  output.part(migrationScript(await readMigrations(folder), from, to))
  return 0
}

export async function runStamp(work: DatabaseWork, { target }: Command<'stamp'>): Promise<number> {
  const { pool } = await work.open()
  const stamped = await stampRevision(pool, { folder: work.folder, signal: work.signal, target })
  const names = stamped.map(fullName).join(', ') || 'nothing'
  work.output.line(`Noted as applied: ${names}. Nothing was run.`)
  return 0
}

function announce({ directory }: MadeMigration, output: Output): void {
  output.line(`Wrote migrations/${directory}`)
}
