import type { Difference } from './migration-check.ts'
import type { LiveColumn, LiveSchema } from './migration-live.ts'
import {
  keyOf,
  type Snapshot,
  type SnapshotColumn,
  type SnapshotTable,
  snapshotSql,
} from './migration-snapshot.ts'

/** The two texts of a new migration. */
export interface Change {
  up: string
  down: string
}

/**
 * The SQL that settles the differences between what the migrations made and what the schema says, and the SQL back.
 * First everything is added, then the rest is taken away: drizzle-kit asks whether something was renamed when it finds
 * both in one step, and here nobody answers.
 */
export async function planChange(
  differences: readonly Difference[],
  schema: Snapshot,
  live: LiveSchema,
): Promise<Change> {
  const before = asFound(differences, schema, live)
  const both = withBoth(before, schema)
  const up = [...(await snapshotSql(before, both)), ...(await snapshotSql(both, schema))]
  const back = withBoth(schema, before)
  const down = [...(await snapshotSql(schema, back)), ...(await snapshotSql(back, before))]
  const triggers = newTables(differences).flatMap((name) => triggerOf(schema.tables[keyOf(name)]))
  return { up: script([...up, ...triggers]), down: script(down) }
}

/** The schema's own snapshot with each difference turned back: all that is equal stays equal to the letter. */
function asFound(differences: readonly Difference[], schema: Snapshot, live: LiveSchema): Snapshot {
  const before = structuredClone(schema)
  for (const difference of differences) {
    const { kind, table, found } = difference
    const columns = live.columns.filter((column) => column.table === table)
    const at = before.tables[keyOf(table)]
    if (kind !== 'table') {
      if (at) turnBack(at, difference, columns)
    } else if (found === null) delete before.tables[keyOf(table)]
    else before.tables[keyOf(table)] = tableOf(table, columns)
  }
  return before
}

function turnBack(table: SnapshotTable, { kind, name }: Difference, columns: LiveColumn[]): void {
  const column = columns.find((candidate) => candidate.name === name)
  switch (kind) {
    case 'foreign_key':
      delete table.foreignKeys[name]
      break
    case 'index':
      delete table.indexes[name]
      break
    case 'constraint':
      delete table.uniqueConstraints[name]
      delete table.checkConstraints[name]
      break
    default:
      if (column) table.columns[name] = columnOf(column, table.columns[name])
      else delete table.columns[name]
  }
}

/** `schema`, and what only `other` has beside it. */
function withBoth(other: Snapshot, schema: Snapshot): Snapshot {
  const both = structuredClone(schema)
  for (const [key, table] of Object.entries(other.tables)) {
    const at = both.tables[key]
    if (at) at.columns = { ...table.columns, ...at.columns }
    else both.tables[key] = structuredClone(table)
  }
  return both
}

function tableOf(name: string, columns: LiveColumn[]): SnapshotTable {
  const empty = { indexes: {}, foreignKeys: {}, compositePrimaryKeys: {}, uniqueConstraints: {} }
  const further = { policies: {}, checkConstraints: {}, isRLSEnabled: false, schema: '' }
  const found = Object.fromEntries(columns.map((column) => [column.name, columnOf(column)]))
  return { name, columns: found, ...empty, ...further }
}

function columnOf(column: LiveColumn, known?: SnapshotColumn): SnapshotColumn {
  const { default: _, ...rest } = known ?? { name: column.name, primaryKey: column.primary_key }
  const { type, not_null: notNull } = column
  return { ...rest, type, notNull, ...(column.default === null ? {} : { default: column.default }) }
}

function newTables(differences: readonly Difference[]): string[] {
  return differences.flatMap(({ kind, table, found }) => (kind === 'table' && found === null ? [table] : []))
}

/** Every table with `updated_at` has the trigger that keeps it. */
function triggerOf(table: SnapshotTable | undefined): string[] {
  if (!table?.columns.updated_at) return []
  return [
    `CREATE TRIGGER set_updated_at BEFORE UPDATE ON "${table.name}" FOR EACH ROW EXECUTE FUNCTION set_updated_at();`,
  ]
}

function script(statements: string[]): string {
  return statements.map((statement) => `${statement.trim().replaceAll('\t', '  ')}\n`).join('')
}
