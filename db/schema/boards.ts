import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import type { BoardSettings } from '#shared/board.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import type { WorkflowType } from '#shared/execution.ts'
import type { BoardId, ColumnId, ExecutionId, LabelId, ProjectId, TaskId, WorkflowId } from '#shared/ids.ts'
import type { Priority } from '#shared/task.ts'
import { baseColumns } from './kinds.ts'
import { projects } from './projects.ts'
import { workflows } from './workflows.ts'

export const boards = pgTable('boards', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<BoardId>(),
  name: varchar({ length: 255 }).notNull(),
  description: text(),
  settings: jsonb().notNull().default({}).$type<BoardSettings>(),
  key: varchar({ length: 10 }).notNull(),
  next_task_number: integer().notNull().default(1),
  project_id: uuid()
    .references(() => projects.id, { onDelete: 'set null' })
    .$type<ProjectId>(),
  archived_at: timestamp({ withTimezone: true }),
  deleted_at: timestamp({ withTimezone: true }),
})

export const columns = pgTable('columns', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<ColumnId>(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  name: varchar({ length: 255 }).notNull(),
  order: doublePrecision().notNull().default(0),
  color: varchar({ length: 7 }),
  wip_limit: integer(),
  triggers_agents: boolean().notNull().default(false),
  agent_workflow_type: varchar({ length: 50 }).$type<WorkflowType>(),
  /** Instead of a built-in one. */
  agent_workflow_id: uuid()
    .references(() => workflows.id, { onDelete: 'set null' })
    .$type<WorkflowId>(),
  is_start_column: boolean().notNull().default(false),
  is_review_column: boolean().notNull().default(false),
  is_end_column: boolean().notNull().default(false),
  deleted_at: timestamp({ withTimezone: true }),
})

export const tasks = pgTable('tasks', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<TaskId>(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  column_id: uuid()
    .notNull()
    .references(() => columns.id, { onDelete: 'cascade' })
    .$type<ColumnId>(),
  title: varchar({ length: 255 }).notNull(),
  description: text(),
  acceptance_criteria: text(),
  label_ids: uuid().array().notNull().default(sql`'{}'`).$type<LabelId[]>(),
  assigned_to: varchar({ length: 100 }),
  status: varchar({ length: 50 }).notNull().default('open'),
  priority: varchar({ length: 20 }).$type<Priority>(),
  due_date: date({ mode: 'string' }),
  estimate: doublePrecision(),
  order: doublePrecision().notNull().default(0),
  version: integer().notNull().default(1),
  number: integer().notNull(),
  current_execution_id: uuid().$type<ExecutionId>(),
  waits_for_blockers: boolean().notNull().default(false),
  comment_count: integer().notNull().default(0),
  attachment_count: integer().notNull().default(0),
  checklist_done: integer().notNull().default(0),
  checklist_total: integer().notNull().default(0),
  archived_at: timestamp({ withTimezone: true }),
  deleted_at: timestamp({ withTimezone: true }),
})

export const boardEvents = pgTable('board_events', {
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  board_id: uuid().notNull().$type<BoardId>(),
  type: varchar({ length: 50 }).notNull().$type<BoardEvent['type']>(),
  data: jsonb().notNull().$type<BoardEvent['data']>(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
})
