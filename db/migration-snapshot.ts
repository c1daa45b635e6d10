import { schema } from './migration-schema.ts'

/** A schema in drizzle-kit's own notation, as far as we compare and change it. */
export interface Snapshot {
  tables: Record<string, SnapshotTable>
}
export interface SnapshotTable {
  name: string
  columns: Record<string, SnapshotColumn>
  foreignKeys: Record<string, SnapshotForeignKey>
  indexes: Record<string, { name: string }>
  uniqueConstraints: Record<string, { name: string }>
  checkConstraints: Record<string, { name: string }>
}
export interface SnapshotColumn {
  name: string
  type: string
  primaryKey: boolean
  notNull: boolean
  default?: unknown
}
export interface SnapshotForeignKey {
  name: string
  tableFrom: string
  tableTo: string
  columnsFrom: string[]
  columnsTo: string[]
  onDelete?: string | undefined
}

/** The key of a table in a snapshot. */
export function keyOf(table: string): string {
  return `public.${table}`
}

/** What the drizzle schema says. drizzle-kit, a tool of developers, is loaded by the first call. */
export async function schemaSnapshot(imports: Record<string, unknown> = schema): Promise<Snapshot> {
  const { generateDrizzleJson } = await import('drizzle-kit/api')
  return generateDrizzleJson(imports)
}

/** The SQL that leads from one snapshot to the other, one statement each. Neither may drop AND create: see planChange. */
export async function snapshotSql(from: Snapshot, to: Snapshot): Promise<string[]> {
  const { generateMigration } = await import('drizzle-kit/api')
  type Full = Parameters<typeof generateMigration>[0]
  // Both began as drizzle-kit's own snapshots; only tables and columns were taken out or put in.
  return generateMigration(from as Full, to as Full)
}
