import { createHash } from 'node:crypto'
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One folder `<NNNN>_<name>` with up.sql and down.sql. */
export interface Migration {
  /** Four digits; the order of migrations. */
  revision: string
  name: string
  up: string
  /** Of up.sql, with line ends as LF, so that a checkout on Windows is no change. */
  checksum: string
  downFile: string
}

const FOLDER = /^(\d{4})_([a-z0-9_]+)$/

/** The migrations of a folder in order. Two of the same number are refused: nobody can tell which comes first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FOLDER.test(name)).sort()
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)))
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1]
    if (previous?.revision === migration.revision)
      throw new Error(
        `Two migrations have the number ${migration.revision}: ${previous.name}, ${migration.name}`,
      )
  }
  return migrations
}

/** The text that undoes a migration. */
export async function readDown(migration: Migration): Promise<string> {
  return readFile(migration.downFile, 'utf8')
}

async function readMigration(folder: string, directory: string): Promise<Migration> {
  const [, revision = '', name = ''] = FOLDER.exec(directory) ?? []
  const downFile = join(folder, directory, 'down.sql')
  await access(downFile)
  const up = (await readFile(join(folder, directory, 'up.sql'), 'utf8')).replaceAll('\r\n', '\n')
  const checksum = createHash('sha256').update(up).digest('hex')
  return { revision, name, up, checksum, downFile }
}
