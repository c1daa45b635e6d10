import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`
    INSERT INTO projects (name, path, is_repository) VALUES ('Sums', '/sums', true);
    INSERT INTO boards (name, key, project_id) SELECT 'Sums', 'SUM', id FROM projects;
    INSERT INTO columns (name, board_id) SELECT 'Backlog', id FROM boards;
    INSERT INTO tasks (title, number, priority, board_id, column_id)
      SELECT 'Mend the sum', 1, 'low', board_id, id FROM columns;
    INSERT INTO executions (task_id, board_id, workflow_type, provider)
      SELECT id, board_id, 'development', 'scripted' FROM tasks;`)
})
afterAll(() => database.close())

interface Row {
  entity: string
  action: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actor_type: string
  actor_id: string | null
  actor_name: string
  correlation_id: string | null
}

const lastId = async () =>
  (await database.pool.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM audit_logs')).rows[0]
    ?.id ?? '0'

/** What a change, in its own transaction, writes down; `settings` are the transaction's. */
async function recordsOf(sql: string, settings: Record<string, string> = {}): Promise<Row[]> {
  const after = await lastId()
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    for (const [name, value] of Object.entries(settings))
      await client.query('SELECT set_config($1, $2, true)', [name, value])
    await client.query(sql)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
  const { rows } = await database.pool.query<Row>(
    `SELECT entity_type AS entity, action, changes -> 'before' AS before, changes -> 'after' AS after,
       actor_type, actor_id, actor_name, correlation_id FROM audit_logs WHERE id > $1 ORDER BY id`,
    [after],
  )
  return rows
}

const bySystem = { actor_type: 'system', actor_id: null, actor_name: 'system', correlation_id: null }

describe('every change leaves a record, raw SQL included', () => {
  it('of a new row all that matters', async () => {
    const [record] = await recordsOf(`INSERT INTO columns (board_id, name) SELECT id, 'New' FROM boards`)
    expect(record).toMatchObject({ ...bySystem, entity: 'column', action: 'create', before: null })
    expect(record?.after).toMatchObject({ name: 'New', order: 0, deleted_at: null })
    expect(Object.keys(record?.after ?? {})).not.toContain('updated_at')
  })

  it('of a changed one only what changed, with who and why', async () => {
    const actor = JSON.stringify({ type: 'person', id: 'u-1', name: 'Zoë' })
    const records = await recordsOf(
      `UPDATE tasks SET title = 'Other', priority = 'high', version = version`,
      {
        'rangers.actor': actor,
        'rangers.correlation_id': 'c-1',
      },
    )
    expect(records).toEqual([
      {
        entity: 'task',
        action: 'update',
        before: { title: 'Mend the sum', priority: 'low' },
        after: { title: 'Other', priority: 'high' },
        actor_type: 'person',
        actor_id: 'u-1',
        actor_name: 'Zoë',
        correlation_id: 'c-1',
      },
    ])
    const [later] = await recordsOf(`UPDATE tasks SET title = 'Mend the sum'`)
    expect(later).toMatchObject(bySystem) // the settings ended with their transaction
  })

  it.each([
    [`UPDATE tasks SET "order" = 9`, 'task', 'move'],
    [`UPDATE tasks SET deleted_at = now()`, 'task', 'delete'],
    [`UPDATE tasks SET deleted_at = NULL`, 'task', 'restore'],
    [`UPDATE columns SET "order" = 9 WHERE name = 'New'`, 'column', 'move'],
    [`UPDATE projects SET check_command = 'true'`, 'project', 'update'],
    [`UPDATE executions SET cancel_requested_at = now()`, 'execution', 'cancel'],
    [`UPDATE executions SET status = 'running', cancel_requested_at = NULL`, 'execution', 'update'],
    [`UPDATE executions SET status = 'failed', error_message = 'Why'`, 'execution', 'update'],
    [`UPDATE executions SET status = 'running'`, 'execution', 'retry'],
    [`UPDATE executions SET status = 'cancelled'`, 'execution', 'cancel'],
    [`UPDATE executions SET resolution = 'discarded'`, 'execution', 'discard'],
  ])('%s is one record', async (sql, entity, action) => {
    expect((await recordsOf(sql)).map((record) => [record.entity, record.action])).toEqual([[entity, action]])
  })

  it.each([
    `UPDATE tasks SET title = title`,
    `UPDATE boards SET next_task_number = next_task_number + 1`,
    `UPDATE executions SET lease_expires_at = now(), last_sequence = last_sequence + 1, input_tokens = 7`,
    `UPDATE executions SET result_summary = 'what an agent says'`,
  ])('%s is none', async (sql) => {
    expect(await recordsOf(sql)).toEqual([])
  })
})

describe('no column is forgotten', () => {
  const columnsOf = async (table: string, ...ignored: string[]) => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
         AND attname <> ALL ($2) ORDER BY 1`,
      [table, ['created_at', 'updated_at', ...ignored]],
    )
    return rows.map(({ name }) => name)
  }

  it('of a card', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT m[1] AS name FROM regexp_matches(pg_get_functiondef('audit_task'::regproc),
         'was \\|\\| jsonb_build_object\\(''(\\w+)''', 'g') m`,
    )
    const counts = ['comment_count', 'attachment_count', 'checklist_done', 'checklist_total']
    expect(rows.map(({ name }) => name).sort()).toEqual(await columnsOf('tasks', ...counts))
  })

  it('of a board', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT attname AS name FROM pg_trigger JOIN pg_attribute ON attrelid = tgrelid AND attnum = ANY (tgattr)
       WHERE tgrelid = 'boards'::regclass AND tgname = 'audit' ORDER BY 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(await columnsOf('boards', 'next_task_number'))
  })
})

it('of what else is recorded every column is compared, but of a run only its course', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger
     WHERE tgname LIKE 'audit%' AND (tgfoid <> 'audit_row'::regproc OR tgqual IS NOT NULL OR cardinality(tgattr) > 0)
     ORDER BY 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(['boards', 'executions', 'tasks'])
})

describe('the trail can only grow', () => {
  const young = `DELETE FROM audit_logs WHERE created_at > now() - interval '89 days'`
  it.each([
    `UPDATE audit_logs SET actor_name = 'somebody else'`,
    'DELETE FROM audit_logs',
    'TRUNCATE audit_logs',
    'TRUNCATE boards CASCADE',
    'TRUNCATE tasks CASCADE',
  ])('%s is refused', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '55000' })
  })

  it('for 90 days not even the retention may remove a record', async () => {
    await expect(recordsOf(young, { 'rangers.audit_retention': 'on' })).rejects.toThrow('append-only')
    await database.pool.query(
      `INSERT INTO audit_logs (entity_type, entity_id, action, actor_type, actor_name, changes, created_at)
       VALUES ('task', gen_random_uuid(), 'create', 'system', 'old', '{}', now() - interval '91 days')`,
    )
    const old = `DELETE FROM audit_logs WHERE actor_name = 'old'`
    await expect(recordsOf(old)).rejects.toThrow('append-only')
    await recordsOf(old, { 'rangers.audit_retention': 'on' })
    const { rowCount } = await database.pool.query(`SELECT FROM audit_logs WHERE actor_name = 'old'`)
    expect(rowCount).toBe(0)
  })

  it('acceptance 5: audit rows survive all that they tell of', async () => {
    const records = await recordsOf('DELETE FROM boards')
    expect(records.map((record) => `${record.action} ${record.entity}`).sort()).toEqual(
      expect.arrayContaining(['purge board', 'purge column', 'purge execution', 'purge task']),
    )
    const { rows } = await database.pool.query(
      `SELECT DISTINCT entity_type AS entity FROM audit_logs WHERE action IN ('create', 'execute') ORDER BY 1`,
    )
    expect(rows.map((row) => row.entity)).toEqual(['board', 'column', 'execution', 'project', 'task'])
  })
})
