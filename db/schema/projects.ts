import { boolean, pgTable, text, uuid, varchar } from 'drizzle-orm/pg-core'
import type { ProjectId } from '#shared/ids.ts'
import { baseColumns } from './kinds.ts'

export const projects = pgTable('projects', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<ProjectId>(),
  name: varchar({ length: 255 }).notNull(),
  path: text().notNull(),
  is_repository: boolean().notNull(),
  setup_command: varchar({ length: 1000 }),
  lint_command: varchar({ length: 1000 }),
  check_command: varchar({ length: 1000 }),
  run_command: varchar({ length: 1000 }),
  is_sample: boolean().notNull().default(false),
})
