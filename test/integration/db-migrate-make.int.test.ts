import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { boolean, integer, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrateDown, migrateUp } from '#db/migrate.ts'
import { compareSchema, describeDifference } from '#db/migration-check.ts'
import { makeMigration } from '#db/migration-make.ts'
import { schema } from '#db/migration-schema.ts'
import { tasks } from '#db/schema/boards.ts'
import { baseColumns } from '#db/schema/kinds.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'rangers-migrations-'))
  await cp(resolve('migrations'), folder, { recursive: true })
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** The product's schema with a new table, a new column, and without the column `path` of projects. */
const changed = {
  ...schema,
  badges: pgTable('badges', {
    ...baseColumns,
    task_id: uuid()
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    name: varchar({ length: 50 }).notNull(),
  }),
  projects: pgTable('projects', {
    ...baseColumns,
    name: text().notNull(),
    is_repository: boolean().notNull().default(false),
    check_command: varchar({ length: 1000 }).notNull(),
    is_sample: boolean().notNull().default(false),
    stars: integer().notNull().default(0),
    archived_at: timestamp({ withTimezone: true }),
  }),
}

const make = (message: string, more: object = {}) =>
  makeMigration({
    folder,
    message,
    now: new Date('2026-02-03T04:05:06Z'),
    id: '00000000-0000-0000-0000-00000000beef',
    connection: database.connection,
    ...more,
  })

test('every table of db/schema is compared, and the migrations make exactly that', async () => {
  const files = (await readdir('db/schema')).filter((file) => file !== 'kinds.ts')
  const modules = await Promise.all(files.map((file) => import(resolve('db/schema', file))))
  const everything = Object.assign({}, ...modules)
  expect(Object.keys(schema).sort()).toEqual(Object.keys(everything).sort())
  const { differences } = await compareSchema(database.pool)
  expect(differences).toEqual([])
})

test('a planted difference of each kind is found', async () => {
  await database.pool.query(`
    ALTER TABLE tasks ALTER status DROP DEFAULT, ALTER "order" SET DEFAULT 7,
      ALTER description SET NOT NULL, DROP assigned_to, ADD extra integer;
    ALTER TABLE columns ALTER name TYPE text, DROP CONSTRAINT columns_board_id_fkey;
    DROP TABLE workspaces; CREATE TABLE stray (id int)`)
  const { differences } = await compareSchema(database.pool)
  expect(differences.map(describeDifference).sort()).toEqual([
    'column of tasks.assigned_to: the database lacks it (character varying(100))',
    'column of tasks.extra: only the database has it (integer)',
    'default of tasks.order: the schema says 0, the database has 7',
    "default of tasks.status: the schema says 'open'::character varying, the database has none",
    'foreign key of columns.columns_board_id_boards_id_fk: the database lacks it (columns (board_id) → boards (id) on delete cascade)',
    'nullability of tasks.description: the schema says null, the database has not null',
    'table stray: only the database has it (1 columns)',
    'table workspaces: the database lacks it (11 columns)',
    'type of columns.name: the schema says character varying(255), the database has text',
  ])
})

test('make writes the SQL that leads to the schema, and back', async () => {
  const before = await describeSchema(database.pool)
  const { directory, differences } = await make('Badges, and stars!', { schema: changed })
  expect(directory).toMatch(/^\d{4}-beef_badges_and_stars$/)
  expect(differences.length).toBeGreaterThan(5)
  const up = await readFile(join(folder, directory, 'up.sql'), 'utf8')
  expect(up).toContain('-- REVIEW THIS')
  expect(up).toContain('if something was renamed')
  await migrateUp(database.pool, { folder })
  expect((await compareSchema(database.pool, changed)).differences).toEqual([])
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS n FROM pg_trigger WHERE tgrelid = 'badges'::regclass AND tgname = 'set_updated_at'`,
  )
  expect(rows).toEqual([{ n: 1 }])
  await migrateDown(database.pool, { folder, target: '1' })
  const after = await describeSchema(database.pool)
  // Indexes go with the column that is dropped: what a generator cannot know.
  expect(after).toEqual(before.filter((line) => !line.includes('uq_projects_path')))
})

test('where schema and migrations agree, make writes an empty migration; nothing else stays behind', async () => {
  const { directory, differences } = await make('By hand')
  expect(differences).toEqual([])
  expect(JSON.parse(await readFile(join(folder, directory, 'meta.json'), 'utf8'))).toMatchObject({
    revision: expect.stringMatching(/^\d{4}-beef$/),
    message: 'By hand',
    created: '2026-02-03T04:05:06.000Z',
  })
  await migrateUp(database.pool, { folder })
  const { rows } = await database.pool.query(`SELECT datname FROM pg_database WHERE datname LIKE $1`, [
    `${database.name}_make%`,
  ])
  expect(rows).toEqual([])
  await expect(make('!!!')).rejects.toThrow('Say in a few words')
})
