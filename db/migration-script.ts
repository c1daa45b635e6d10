import { InvalidInputError } from '#shared/errors.ts'
import { fullName, type Migration } from './migration-files.ts'
import { BASE, findMigration, HEAD, lineageOf, onlyHead } from './migration-graph.ts'
import { CREATE_MIGRATION_TABLE, MIGRATION_TABLE } from './migration-table.ts'

/**
 * The SQL that takes a database from one revision to another (`base` and `head` too), up or down, for
 * `psql -v ON_ERROR_STOP=1`; with the rows of schema_migrations, so that the app finds what it would have done itself.
 */
export function migrationScript(known: Migration[], from: string, to: string): string {
  const [start, end] = [lineageTo(known, from), lineageTo(known, to)]
  const added = known.filter(({ revision }) => end.has(revision) && !start.has(revision))
  const removed = known.filter(({ revision }) => start.has(revision) && !end.has(revision)).reverse()
  if (added.length > 0 && removed.length > 0) {
    throw new InvalidInputError(
      'NO_WAY',
      `${from} and ${to} are on different branches. Print the way down to where they part, then the way up.`,
    )
  }
  const head = start.size === 0 && added.length > 0 ? [`${CREATE_MIGRATION_TABLE};`] : []
  return [...head, ...removed.map(downScript), ...added.map(upScript)].join('\n\n').concat('\n')
}

function lineageTo(known: Migration[], target: string): Set<string> {
  if (target === BASE) return new Set()
  if (target !== HEAD) return lineageOf(known, findMigration(known, target).revision)
  const head = onlyHead(known)
  return head ? lineageOf(known, head.revision) : new Set()
}

function upScript(migration: Migration): string {
  const values = [migration.revision, migration.name, migration.checksum].map(quoted).join(', ')
  return `-- up: ${fullName(migration)}
BEGIN;
${terminated(migration.up)}
INSERT INTO ${MIGRATION_TABLE} (revision, name, checksum, applied_at, duration_ms)
  VALUES (${values}, clock_timestamp(), 0);
COMMIT;`
}

function downScript(migration: Migration): string {
  return `-- down: ${fullName(migration)}
BEGIN;
${terminated(migration.down)}
DELETE FROM ${MIGRATION_TABLE} WHERE revision = ${quoted(migration.revision)};
COMMIT;`
}

/** pg does not need the last semicolon, psql does; a comment at the end must not swallow ours. */
function terminated(sql: string): string {
  const text = sql.trim()
  return text === '' || text.endsWith(';') ? text : `${text}\n;`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
