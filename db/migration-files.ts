import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InvalidInputError } from '#shared/errors.ts'
import { orderMigrations } from './migration-graph.ts'

/** Four digits for people, and four characters that keep two branches apart: `0003-4f2a`. Written by hand: `0003`. */
const Revision = z.string().regex(/^\d{4}(?:-[0-9a-z]{4})?$/)

/** meta.json of a migration. */
export const MigrationMeta = z.strictObject({
  revision: Revision,
  /** What must be applied before; several after a merge, null at the beginning. */
  down_revision: z.union([Revision, z.array(Revision).min(2), z.null()]),
  message: z.string().min(1),
  created: z.iso.datetime(),
  /** Whether it takes nothing away; left out, the text of up.sql decides. */
  additive: z.boolean().optional(),
})
export type MigrationMeta = z.infer<typeof MigrationMeta>

/** One folder `<revision>_<name>` with meta.json, up.sql and down.sql. */
export interface Migration {
  revision: string
  name: string
  /** The revisions that it builds on. */
  parents: string[]
  message: string
  created: string
  additive: boolean | undefined
  up: string
  /** Of up.sql, with line ends as LF, so that a checkout on Windows is no change. */
  checksum: string
  down: string
}

const FOLDER = /^(\d{4}(?:-[0-9a-z]{4})?)_([a-z0-9_]+)$/

/** The migrations of a folder, each after those it builds on. Throws the sentence that says which one is wrong. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FOLDER.test(name)).sort()
  return orderMigrations(await Promise.all(names.map((name) => readMigration(folder, name))))
}

/** `0003-4f2a_add_labels`: its folder. */
export function fullName({ revision, name }: Pick<Migration, 'revision' | 'name'>): string {
  return `${revision}_${name}`
}

async function readMigration(folder: string, directory: string): Promise<Migration> {
  const [, revision = '', name = ''] = FOLDER.exec(directory) ?? []
  const read = (file: string) => readText(join(folder, directory), file)
  const [text, up, down] = await Promise.all([read('meta.json'), read('up.sql'), read('down.sql')])
  const meta = parseMeta(text, `${directory}/meta.json`)
  if (meta.revision !== revision)
    throw broken(`${directory}/meta.json names the revision ${meta.revision}; the folder says ${revision}.`)
  return {
    revision,
    name,
    parents: meta.down_revision === null ? [] : [meta.down_revision].flat(),
    message: meta.message,
    created: meta.created,
    additive: meta.additive,
    up,
    checksum: createHash('sha256').update(up).digest('hex'),
    down,
  }
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    return (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
  } catch (cause) {
    throw broken(
      `The migration ${folder} has no readable ${file}. “npm run db -- make” writes all three.`,
      cause,
    )
  }
}

function parseMeta(text: string, file: string): MigrationMeta {
  try {
    return MigrationMeta.parse(JSON.parse(text))
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw broken(`${file} is not valid: ${reason}`, cause)
  }
}

function broken(message: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError('MIGRATION_BROKEN', message, {}, { cause })
}
