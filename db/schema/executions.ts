import {
  bigserial,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import type {
  ExecutionStatus,
  Phase,
  Resolution,
  SandboxKind,
  StepStatus,
  Verdict,
  WorkflowType,
} from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type {
  BoardId,
  ExecutionId,
  InstanceId,
  ProjectId,
  StepId,
  TaskId,
  UserId,
  WorkflowId,
  WorkspaceId,
} from '#shared/ids.ts'
import type { PermissionMode } from '#shared/policy.ts'
import type { FailureKind, ProviderId } from '#shared/provider.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { boards, tasks } from './boards.ts'
import { baseColumns } from './kinds.ts'
import { projects } from './projects.ts'
import { workflows } from './workflows.ts'

const usageColumns = {
  input_tokens: integer().notNull().default(0),
  output_tokens: integer().notNull().default(0),
  cache_read_tokens: integer().notNull().default(0),
  cache_write_tokens: integer().notNull().default(0),
  cost_usd: doublePrecision(),
}

export const executions = pgTable('executions', {
  ...baseColumns,
  ...usageColumns,
  id: uuid().primaryKey().defaultRandom().$type<ExecutionId>(),
  task_id: uuid()
    .notNull()
    .references(() => tasks.id, { onDelete: 'cascade' })
    .$type<TaskId>(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  workflow_type: varchar({ length: 50 }).notNull().$type<WorkflowType>(),
  provider: varchar({ length: 50 }).notNull().$type<ProviderId>(),
  model: varchar({ length: 100 }),
  workflow_id: uuid()
    .references(() => workflows.id, { onDelete: 'set null' })
    .$type<WorkflowId>(),
  workflow_version: integer(),
  /** What it started with; null: the built-in of its type. */
  definition: jsonb().$type<WorkflowDefinition>(),
  /** Of executions of one card that are compared with each other. */
  group_id: uuid(),
  alternative: integer().notNull().default(0),
  clarity_score: integer(),
  permission_mode: varchar({ length: 20 }).$type<PermissionMode>(),
  /** Null: the board's limit for one execution. */
  budget_usd: doublePrecision(),
  cost_is_estimate: boolean().notNull().default(false),
  sandbox: varchar({ length: 20 }).$type<SandboxKind>(),
  paused_at: timestamp({ withTimezone: true }),
  status: varchar({ length: 50 }).notNull().default('pending').$type<ExecutionStatus>(),
  resolution: varchar({ length: 20 }).notNull().default('none').$type<Resolution>(),
  current_phase: varchar({ length: 50 }).$type<Phase>(),
  iteration: integer().notNull().default(1),
  max_iterations: integer().notNull().default(3),
  branch: varchar({ length: 255 }),
  base_branch: varchar({ length: 255 }),
  base_commit: varchar({ length: 64 }),
  head_commit: varchar({ length: 64 }),
  failure_kind: varchar({ length: 50 }).$type<FailureKind>(),
  error_message: text(),
  result_summary: text(),
  files_changed: integer().notNull().default(0),
  additions: integer().notNull().default(0),
  deletions: integer().notNull().default(0),
  last_sequence: integer().notNull().default(0),
  /** What is being done right now, for where there is room for one line. */
  activity_line: varchar({ length: 300 }),
  owner_id: uuid().$type<InstanceId>(),
  /** The person that hears of its end; a foreign key of the database only, since `users` tells of executions too. */
  requested_by: uuid().$type<UserId>(),
  lease_expires_at: timestamp({ withTimezone: true }),
  cancel_requested_at: timestamp({ withTimezone: true }),
  started_at: timestamp({ withTimezone: true }),
  completed_at: timestamp({ withTimezone: true }),
})

export const steps = pgTable('steps', {
  ...baseColumns,
  ...usageColumns,
  id: uuid().primaryKey().defaultRandom().$type<StepId>(),
  execution_id: uuid()
    .notNull()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>(),
  sequence: integer().notNull(),
  phase: varchar({ length: 50 }).notNull().$type<Phase>(),
  iteration: integer().notNull(),
  /** Its place in the definition, with the round of each loop around it: rounds[2]/review. */
  node_path: varchar({ length: 200 }),
  provider: varchar({ length: 50 }).$type<ProviderId>(),
  /** How the agent itself calls its conversation, to go on with it. */
  session_id: varchar({ length: 200 }),
  /** The Markdown package that a developer is given (seed 4). */
  briefing: text(),
  cost_is_estimate: boolean().notNull().default(false),
  /** What the project's checks said after it, all told. */
  checks: varchar({ length: 10 }).$type<'passed' | 'failed'>(),
  status: varchar({ length: 50 }).notNull().$type<StepStatus>(),
  input_context: text(),
  output_content: text(),
  verdict: jsonb().$type<Verdict>(),
  files_changed: jsonb().notNull().default([]).$type<string[]>(),
  head_commit: varchar({ length: 64 }),
  model: varchar({ length: 100 }),
  duration_ms: integer(),
  error_message: text(),
  started_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  completed_at: timestamp({ withTimezone: true }),
})

export const executionEvents = pgTable('execution_events', {
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  execution_id: uuid()
    .notNull()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>(),
  step_id: uuid()
    .references(() => steps.id, { onDelete: 'cascade' })
    .$type<StepId>(),
  sequence: integer().notNull(),
  /** The sequence of the line that this one goes on with; null: it begins. */
  head: integer(),
  body: jsonb().notNull().$type<ExecutionEventBody>(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
})

export const workspaces = pgTable('workspaces', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<WorkspaceId>(),
  execution_id: uuid()
    .notNull()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>(),
  project_id: uuid()
    .references(() => projects.id, { onDelete: 'set null' })
    .$type<ProjectId>(),
  path: text().notNull(),
  status: varchar({ length: 20 }).notNull().default('active').$type<'active' | 'removed'>(),
  branch: varchar({ length: 255 }).notNull(),
  base_branch: varchar({ length: 255 }),
  base_commit: varchar({ length: 64 }).notNull(),
  /** The hidden ref that keeps the work after the folder is gone. */
  kept_ref: varchar({ length: 255 }),
})
