import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { sqlState } from '#db/error.ts'
import { Actor } from '#shared/actor.ts'
import { ApprovalKind, ApprovalStatus, Remember } from '#shared/approval.ts'
import { BudgetPeriod } from '#shared/budget.ts'
import { CheckKind, CheckStatus } from '#shared/check.ts'
import { QuestionKind } from '#shared/clarification.ts'
import { Comment } from '#shared/comment.ts'
import { ExecutionStatus, Phase, Resolution, StepStatus, WorkflowType } from '#shared/execution.ts'
import { MessageStatus } from '#shared/execution-message.ts'
import { NotificationKind } from '#shared/notification.ts'
import { PermissionMode, RuleEffect, RuleSource, RuleTarget } from '#shared/policy.ts'
import { RepositoryChangeKind } from '#shared/repository-change.ts'
import { Priority } from '#shared/task.ts'
import { LinkKind } from '#shared/task-link.ts'
import { TemplateKind } from '#shared/template.ts'
import { fillEveryTable } from '../helpers/every-table.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

interface AllowedValues {
  values: string[]
  /** The schema of the same list; null where nothing outside of the database names it. */
  schema: z.ZodEnum | null
}

/** Every CHECK with a list, as the seeds and the design name its values: a change of either shows here. */
const LISTS: Record<string, AllowedValues> = {
  'tasks.priority': { values: ['low', 'medium', 'high', 'urgent'], schema: Priority },
  'columns.agent_workflow_type': workflows(),
  'executions.workflow_type': workflows(),
  'executions.status': {
    values: [
      'pending',
      'running',
      'awaiting_clarification',
      'awaiting_approval',
      'paused',
      'completed',
      'failed',
      'cancelled',
      'blocked',
      'interrupted',
    ],
    schema: ExecutionStatus,
  },
  'executions.resolution': { values: ['none', 'merged', 'discarded'], schema: Resolution },
  'steps.phase': {
    values: ['clarity', 'architecture', 'development', 'review', 'fix', 'gate'],
    schema: Phase,
  },
  'steps.status': {
    values: ['running', 'completed', 'failed', 'cancelled', 'interrupted'],
    schema: StepStatus,
  },
  'workspaces.status': { values: ['active', 'removed'], schema: null },
  'activity_logs.actor_type': { values: ['person', 'agent', 'system'], schema: Actor.shape.type },
  'audit_logs.actor_type': { values: ['person', 'agent', 'system'], schema: Actor.shape.type },
  'comments.author_type': { values: ['person', 'agent', 'system'], schema: Comment.shape.author_type },
  'task_links.kind': { values: ['blocks', 'relates', 'duplicates'], schema: LinkKind },
  'templates.kind': { values: ['card', 'board'], schema: TemplateKind },
  'notifications.kind': {
    values: ['needs_input', 'finished', 'failed', 'mentioned', 'due'],
    schema: NotificationKind,
  },
  'steps.checks': { values: ['passed', 'failed'], schema: null },
  'executions.permission_mode': { values: ['ask', 'edits', 'trusted', 'full'], schema: PermissionMode },
  'step_checks.kind': { values: ['setup', 'lint', 'test', 'run'], schema: CheckKind },
  'step_checks.status': {
    values: ['running', 'passed', 'failed', 'timed_out', 'cancelled'],
    schema: CheckStatus,
  },
  'clarification_questions.kind': {
    values: ['single_choice', 'multiple_choice', 'free_text'],
    schema: QuestionKind,
  },
  'approvals.kind': { values: ['permission', 'gate', 'plan', 'merge'], schema: ApprovalKind },
  'approvals.status': { values: ['pending', 'approved', 'denied', 'withdrawn'], schema: ApprovalStatus },
  'approvals.remember': { values: ['once', 'execution', 'always'], schema: Remember },
  'policy_rules.effect': { values: ['allow', 'deny'], schema: RuleEffect },
  'policy_rules.target': { values: ['command', 'path', 'tool'], schema: RuleTarget },
  'policy_rules.source': { values: ['answer', 'hand'], schema: RuleSource },
  'budgets.period': { values: ['execution', 'month'], schema: BudgetPeriod },
  'execution_messages.status': { values: ['queued', 'delivered', 'withdrawn'], schema: MessageStatus },
  'repository_changes.kind': {
    values: ['ref', 'stash', 'hook', 'config', 'head'],
    schema: RepositoryChangeKind,
  },
}

function workflows(): AllowedValues {
  // The seed's four, and those that people make.
  const values = ['development', 'quick_development', 'architecture_only', 'review_only', 'custom']
  return { values, schema: WorkflowType }
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await fillEveryTable(database.pool)
})
afterAll(() => database.close())

/** The SQL state with which the row of a table refuses a value, or null; nothing is kept. */
async function refusal(list: string, value: string): Promise<string | null> {
  const [table = '', column = ''] = list.split('.')
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    // The audit trail takes no updates: a copy of its row under a new id.
    const statement =
      table === 'audit_logs'
        ? `INSERT INTO audit_logs SELECT (jsonb_populate_record(a, jsonb_build_object('id', -1, '${column}', $1::text))).* FROM audit_logs a LIMIT 1`
        : `UPDATE "${table}" SET "${column}" = $1`
    const { rowCount } = await client.query(statement, [value])
    if (!rowCount) throw new Error(`${table} has no row`)
    return null
  } catch (error) {
    const state = sqlState(error)
    if (state === undefined) throw error
    return state
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const CHECK_VIOLATION = '23514'

describe('acceptance 6: CHECK lists', () => {
  it('every one that the database has is stated here', async () => {
    const { rows } = await database.pool.query<{ list: string }>(`
      SELECT format('%s.%s', k.conrelid::regclass, a.attname) AS list
      FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'c' AND k.connamespace = 'public'::regnamespace
        AND pg_get_constraintdef(k.oid) LIKE '%= ANY (%ARRAY[%' ORDER BY 1`)
    expect(rows.map(({ list }) => list)).toEqual(Object.keys(LISTS).sort())
  })

  it.each(Object.entries(LISTS))(
    '%s takes each listed value and no other, by SQL and by zod',
    async (list, allowed) => {
      const { values, schema } = allowed
      for (const value of values) expect([value, await refusal(list, value)]).toEqual([value, null])
      const others = ['nonsense', '', values[0]?.toUpperCase() ?? '', ` ${values[0]}`]
      for (const other of others)
        expect([other, await refusal(list, other)]).toEqual([other, CHECK_VIOLATION])
      if (!schema) return
      expect(schema.options).toEqual(values)
      for (const other of others) expect(schema.safeParse(other).success).toBe(false)
    },
  )

  it('what a row does not say has the default of the seeds', async () => {
    const { pool } = database
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const insert = async (statement: string, values: unknown[] = []) =>
        (await client.query(`${statement} RETURNING *`, values)).rows[0]
      const board = await insert(`INSERT INTO boards (name, key) VALUES ('Plain', 'PLAIN')`)
      const column = await insert(`INSERT INTO columns (board_id, name) VALUES ($1, 'Plain')`, [board.id])
      const task = await insert(
        `INSERT INTO tasks (board_id, column_id, title, number) VALUES ($1, $2, 'Plain', 1)`,
        [board.id, column.id],
      )
      const execution = await insert(
        `INSERT INTO executions (task_id, board_id, workflow_type, provider) VALUES ($1, $2, 'development', 'scripted')`,
        [task.id, board.id],
      )
      expect(board).toMatchObject({ settings: {}, description: null, next_task_number: 1, deleted_at: null })
      expect(column).toMatchObject({ order: 0, color: null, wip_limit: null, triggers_agents: false })
      expect(task).toMatchObject({
        order: 0,
        version: 1,
        status: 'open',
        priority: null,
        description: null,
        assigned_to: null,
      })
      expect(execution).toMatchObject({
        status: 'pending',
        resolution: 'none',
        iteration: 1,
        max_iterations: 3,
      })
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })
})
