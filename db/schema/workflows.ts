import { integer, jsonb, pgTable, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { WorkflowId } from '#shared/ids.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { baseColumns } from './kinds.ts'

export const workflows = pgTable('workflows', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<WorkflowId>(),
  name: varchar({ length: 100 }).notNull(),
  definition: jsonb().notNull().$type<WorkflowDefinition>(),
  version: integer().notNull().default(1),
  archived_at: timestamp({ withTimezone: true }),
})

/** Every definition that was ever saved; a run keeps the one it started with. */
export const workflowVersions = pgTable('workflow_versions', {
  ...baseColumns,
  workflow_id: uuid()
    .notNull()
    .references(() => workflows.id, { onDelete: 'cascade' })
    .$type<WorkflowId>(),
  version: integer().notNull(),
  name: varchar({ length: 100 }).notNull(),
  definition: jsonb().notNull().$type<WorkflowDefinition>(),
  author_id: varchar({ length: 100 }).notNull(),
  author_name: varchar({ length: 255 }).notNull(),
})
