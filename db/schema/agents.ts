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
import type { ApprovalKind, ApprovalStatus, Remember } from '#shared/approval.ts'
import type { BudgetPeriod } from '#shared/budget.ts'
import type { CheckKind, CheckStatus } from '#shared/check.ts'
import type { QuestionKind } from '#shared/clarification.ts'
import type { Phase } from '#shared/execution.ts'
import type { ToolKind } from '#shared/execution-event.ts'
import type { MessageStatus } from '#shared/execution-message.ts'
import type {
  ApprovalId,
  BoardId,
  ExecutionId,
  InstanceId,
  MessageId,
  PolicyRuleId,
  QuestionId,
  StepId,
  TaskId,
} from '#shared/ids.ts'
import type { RuleEffect, RuleSource, RuleTarget } from '#shared/policy.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { RepositoryChangeKind } from '#shared/repository-change.ts'
import { boards, tasks } from './boards.ts'
import { executions, steps } from './executions.ts'
import { baseColumns } from './kinds.ts'

const ofExecution = () =>
  uuid()
    .notNull()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>()
const ofStep = () =>
  uuid()
    .references(() => steps.id, { onDelete: 'cascade' })
    .$type<StepId>()

export const stepChecks = pgTable('step_checks', {
  ...baseColumns,
  execution_id: ofExecution(),
  step_id: ofStep(),
  kind: varchar({ length: 20 }).notNull().$type<CheckKind>(),
  command: varchar({ length: 1000 }).notNull(),
  exit_code: integer(),
  status: varchar({ length: 20 }).notNull().$type<CheckStatus>(),
  output: text().notNull().default(''),
  duration_ms: integer(),
  /** The running app that started it. */
  owner_id: uuid().$type<InstanceId>(),
})

export const clarificationQuestions = pgTable('clarification_questions', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<QuestionId>(),
  execution_id: ofExecution(),
  step_id: ofStep(),
  position: integer().notNull(),
  kind: varchar({ length: 20 }).notNull().$type<QuestionKind>(),
  question: text().notNull(),
  options: jsonb().notNull().default([]).$type<string[]>(),
  answer: text(),
  answered_by: varchar({ length: 255 }),
  answered_at: timestamp({ withTimezone: true }),
})

export const approvals = pgTable('approvals', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<ApprovalId>(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  task_id: uuid()
    .notNull()
    .references(() => tasks.id, { onDelete: 'cascade' })
    .$type<TaskId>(),
  execution_id: ofExecution(),
  step_id: ofStep(),
  kind: varchar({ length: 20 }).notNull().$type<ApprovalKind>(),
  tool: varchar({ length: 200 }),
  tool_kind: varchar({ length: 20 }).$type<ToolKind>(),
  title: text().notNull(),
  detail: text().notNull().default(''),
  paths: jsonb().notNull().default([]).$type<string[]>(),
  reason: text(),
  status: varchar({ length: 20 }).notNull().default('pending').$type<ApprovalStatus>(),
  remember: varchar({ length: 20 }).$type<Remember>(),
  message: text(),
  answered_by: varchar({ length: 255 }),
  answered_at: timestamp({ withTimezone: true }),
})

export const policyRules = pgTable('policy_rules', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<PolicyRuleId>(),
  board_id: uuid()
    .notNull()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  /** Only for this execution. */
  execution_id: uuid()
    .references(() => executions.id, { onDelete: 'cascade' })
    .$type<ExecutionId>(),
  effect: varchar({ length: 10 }).notNull().$type<RuleEffect>(),
  target: varchar({ length: 10 }).notNull().$type<RuleTarget>(),
  pattern: varchar({ length: 1000 }).notNull(),
  source: varchar({ length: 10 }).notNull().$type<RuleSource>(),
  author_id: varchar({ length: 100 }).notNull(),
  author_name: varchar({ length: 255 }).notNull(),
})

export const budgets = pgTable('budgets', {
  ...baseColumns,
  /** Null: all boards together. */
  board_id: uuid()
    .references(() => boards.id, { onDelete: 'cascade' })
    .$type<BoardId>(),
  period: varchar({ length: 10 }).notNull().$type<BudgetPeriod>(),
  limit_usd: doublePrecision().notNull(),
  warned_for: varchar({ length: 10 }),
})

export const modelPrices = pgTable('model_prices', {
  ...baseColumns,
  model: varchar({ length: 100 }).notNull(),
  input_usd: doublePrecision().notNull(),
  output_usd: doublePrecision().notNull(),
  cache_read_usd: doublePrecision().notNull(),
  cache_write_usd: doublePrecision().notNull(),
  source: varchar({ length: 500 }).notNull(),
  as_of: date({ mode: 'string' }).notNull(),
})

export const modelCalls = pgTable('model_calls', {
  id: bigserial({ mode: 'bigint' }).primaryKey(),
  board_id: uuid()
    .references(() => boards.id, { onDelete: 'set null' })
    .$type<BoardId>(),
  task_id: uuid()
    .references(() => tasks.id, { onDelete: 'set null' })
    .$type<TaskId>(),
  execution_id: uuid()
    .references(() => executions.id, { onDelete: 'set null' })
    .$type<ExecutionId>(),
  step_id: uuid()
    .references(() => steps.id, { onDelete: 'set null' })
    .$type<StepId>(),
  phase: varchar({ length: 50 }).$type<Phase>(),
  provider: varchar({ length: 50 }).notNull().$type<ProviderId>(),
  model: varchar({ length: 100 }).notNull(),
  input_tokens: integer().notNull().default(0),
  output_tokens: integer().notNull().default(0),
  cache_read_tokens: integer().notNull().default(0),
  cache_write_tokens: integer().notNull().default(0),
  cost_usd: doublePrecision(),
  is_estimate: boolean().notNull().default(false),
  /** HTTP status of the answer; null when there was none. */
  status: integer(),
  duration_ms: integer(),
  created_at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
})

export const executionMessages = pgTable('execution_messages', {
  ...baseColumns,
  id: uuid().primaryKey().defaultRandom().$type<MessageId>(),
  execution_id: ofExecution(),
  author_id: varchar({ length: 100 }).notNull(),
  author_name: varchar({ length: 255 }).notNull(),
  body: text().notNull(),
  status: varchar({ length: 20 }).notNull().default('queued').$type<MessageStatus>(),
  step_id: uuid()
    .references(() => steps.id, { onDelete: 'set null' })
    .$type<StepId>(),
  delivered_at: timestamp({ withTimezone: true }),
  created_at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
})

export const repositoryChanges = pgTable('repository_changes', {
  ...baseColumns,
  execution_id: ofExecution(),
  step_id: ofStep(),
  kind: varchar({ length: 20 }).notNull().$type<RepositoryChangeKind>(),
  name: text().notNull(),
  before: text(),
  after: text(),
  undone_at: timestamp({ withTimezone: true }),
})
