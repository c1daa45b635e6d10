import { sql } from 'drizzle-orm'
import { bigserial, jsonb, pgTable, primaryKey, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { ActivityMetadata, ActivityType } from '#shared/activity.ts'
import type { Actor } from '#shared/actor.ts'
import type { AuditAction, AuditChanges, AuditedEntity } from '#shared/audit.ts'
import type { BoardId, ExecutionId, InstanceId, TaskId, UserId } from '#shared/ids.ts'
import { boards, tasks } from './boards.ts'
import { executions } from './executions.ts'
import { baseColumns } from './kinds.ts'

/** People; each data folder has one. */
export const users = pgTable('users', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<UserId>(),
  name: varchar({ length: 255 }).notNull(),
  email: varchar({ length: 255 }),
})

const actorColumns = {
  actor_type: varchar({ length: 20 }).notNull().$type<Actor['type']>(),
  actor_id: text(),
  actor_name: varchar({ length: 255 }).notNull(),
}
const writtenAt = timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`)

/** The feed that people read. */
export const activityLogs = pgTable('activity_logs', {
  ...actorColumns,
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  task_id: uuid()
    .references(() => tasks.id, { onDelete: 'set null' })
    .$type<TaskId>(),
  task_execution_id: uuid()
    .references(() => executions.id, { onDelete: 'set null' })
    .$type<ExecutionId>(),
  event_type: varchar({ length: 100 }).notNull().$type<ActivityType>(),
  message: text().notNull(),
  metadata: jsonb().notNull().default({}).$type<ActivityMetadata>(),
  created_at: writtenAt,
})

/** The trail that nobody can edit; triggers write it. */
export const auditLogs = pgTable('audit_logs', {
  ...actorColumns,
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  board_id: uuid().$type<BoardId>(),
  entity_type: varchar({ length: 50 }).notNull().$type<AuditedEntity>(),
  entity_id: uuid().notNull(),
  action: varchar({ length: 50 }).notNull().$type<AuditAction>(),
  changes: jsonb().notNull().$type<AuditChanges>(),
  correlation_id: varchar({ length: 100 }),
  created_at: writtenAt,
})

/** Which running copies of the app have a board open. */
export const boardPresence = pgTable(
  'board_presence',
  {
    board_id: uuid()
      .notNull()
      .references(() => boards.id, { onDelete: 'cascade' })
      .$type<BoardId>(),
    instance_id: uuid().notNull().$type<InstanceId>(),
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })
      .$type<UserId>(),
    since: timestamp({ withTimezone: true }).notNull().defaultNow(),
    seen_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.board_id, table.instance_id] })],
)
