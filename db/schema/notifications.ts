import { sql } from 'drizzle-orm'
import { bigserial, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { BoardId, ExecutionId, TaskId, UserId } from '#shared/ids.ts'
import type { NotificationKind } from '#shared/notification.ts'
import { boards, tasks } from './boards.ts'
import { executions } from './executions.ts'
import { users } from './ledger.ts'

export const notifications = pgTable('notifications', {
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  user_id: uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })
    .$type<UserId>(),
  kind: varchar({ length: 20 }).notNull().$type<NotificationKind>(),
  board_id: uuid()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  task_id: uuid()
    .references(() => tasks.id, { onDelete: 'cascade' })
    .$type<TaskId>(),
  execution_id: uuid()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>(),
  title: text().notNull(),
  body: text(),
  /** One notice of a kind for the same occasion: a due date, an execution's end, a comment. */
  occasion: varchar({ length: 200 }).notNull(),
  read_at: timestamp({ withTimezone: true }),
  created_at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
})
