import { InvalidInputError, RefusedError } from '#shared/errors.ts'
import type { Migration } from './migration-files.ts'

/** What the graph needs of a migration. */
type Node = Pick<Migration, 'revision' | 'name' | 'parents'>

/** The state before the first migration. */
export const BASE = 'base'
/** The newest migration. */
export const HEAD = 'head'

/** Parents first; among those that are ready the lower revision first. Refuses doubles, unknown parents and circles. */
export function orderMigrations<T extends Node>(migrations: readonly T[]): T[] {
  const waiting = new Map<string, T>()
  for (const migration of [...migrations].sort(byRevision)) {
    const twin = waiting.get(migration.revision)
    if (twin)
      throw broken(
        `Two migrations have the revision ${twin.revision}: ${twin.name}, ${migration.name}. Give one of them another number, in its folder's name and meta.json.`,
      )
    waiting.set(migration.revision, migration)
  }
  const ordered: T[] = []
  const done = new Set<string>()
  refuseUnknownParents([...waiting.values()])
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ parents }) => parents.every((parent) => done.has(parent)))
    if (!next)
      throw broken(`The migrations ${[...waiting.keys()].join(', ')} build on each other in a circle.`)
    waiting.delete(next.revision)
    done.add(next.revision)
    ordered.push(next)
  }
  return ordered
}

/** The migrations on which no other one builds. */
export function headsOf<T extends Node>(migrations: readonly T[]): T[] {
  const parents = new Set(migrations.flatMap((migration) => migration.parents))
  return migrations.filter((migration) => !parents.has(migration.revision))
}

/** The one head; undefined without migrations. Refuses two, with what settles it. */
export function onlyHead<T extends Node>(migrations: readonly T[]): T | undefined {
  const heads = headsOf(migrations)
  if (heads.length < 2) return heads[0]
  const names = heads.map(({ revision, name }) => `${revision}_${name}`).join(', ')
  throw new RefusedError(
    'SEVERAL_HEADS',
    `The migrations have ${heads.length} heads: ${names}. Run “npm run db -- merge”, which joins them. Nothing was changed.`,
  )
}

/** The revision and all that it builds on. */
export function lineageOf(migrations: readonly Node[], revision: string): Set<string> {
  const byRevision = new Map(migrations.map((migration) => [migration.revision, migration]))
  const found = new Set<string>()
  const open = [revision]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue
    found.add(at)
    open.push(...(byRevision.get(at)?.parents ?? []))
  }
  return found
}

/** Everything that builds on the revision, without itself. */
export function descendantsOf(migrations: readonly Node[], revision: string): Set<string> {
  const found = new Set<string>()
  for (const { revision: child } of migrations) {
    if (child !== revision && lineageOf(migrations, child).has(revision)) found.add(child)
  }
  return found
}

/** The migration of a revision or of the beginning of one. */
export function findMigration<T extends Node>(migrations: readonly T[], text: string): T {
  const exact = migrations.find(({ revision }) => revision === text)
  if (exact) return exact
  const found = migrations.filter((migration) => `${migration.revision}_${migration.name}`.startsWith(text))
  const [only] = found
  if (only && found.length === 1) return only
  const revisions = (found.length > 0 ? found : migrations).map(({ revision }) => revision).join(', ')
  throw new InvalidInputError(
    'UNKNOWN_REVISION',
    found.length > 0
      ? `${text} may be one of ${revisions}. Write more of it.`
      : `There is no migration ${text}. Known are: ${revisions || 'none'}.`,
  )
}

function refuseUnknownParents(migrations: readonly Node[]): void {
  const known = new Set(migrations.map(({ revision }) => revision))
  for (const { revision, name, parents } of migrations) {
    const missing = parents.find((parent) => !known.has(parent))
    if (missing)
      throw broken(
        `The migration ${revision}_${name} builds on ${missing}, and there is none of that revision.`,
      )
  }
}

function byRevision(a: Node, b: Node): number {
  if (a.revision !== b.revision) return a.revision < b.revision ? -1 : 1
  return a.name < b.name ? -1 : 1
}

function broken(message: string): InvalidInputError {
  return new InvalidInputError('MIGRATION_BROKEN', message)
}
