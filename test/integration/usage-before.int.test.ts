import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { migrateDown, migrateUp } from '#db/migrate.ts'
import { createTestDatabase } from '../helpers/test-database.ts'

it('what was used before calls were counted is known as one call for each step', async () => {
  const database = await createTestDatabase()
  try {
    const { pool } = database
    const options = { folder: resolve('migrations') }
    await migrateDown(pool, { ...options, target: '0004' })
    await pool.query(`
      with board as (insert into boards (name, key) values ('b', 'B') returning id),
      place as (insert into columns (board_id, name) select id, 'c' from board returning id, board_id),
      card as (insert into tasks (board_id, column_id, title, number) select board_id, id, 't', 1 from place returning *),
      run as (insert into executions (task_id, board_id, workflow_type, provider, status)
        select id, board_id, 'development', 'anthropic', 'completed' from card returning id)
      insert into steps (execution_id, sequence, phase, iteration, status, model, input_tokens, cost_usd, started_at)
      select id, 1, 'architecture', 1, 'completed', 'claude-opus-5-5', 1000, 0.004, '2026-01-02T03:04:05Z'::timestamptz from run
      union all select id, 2, 'development', 1, 'completed', null, 0, 0, now() from run`)
    await migrateUp(pool, options)
    const { rows } = await pool.query(
      'select provider, model, phase, input_tokens, cost_usd, is_estimate, created_at from model_calls',
    )
    expect(rows).toEqual([
      {
        provider: 'anthropic',
        model: 'claude-opus-5-5',
        phase: 'architecture',
        input_tokens: 1000,
        cost_usd: 0.004,
        is_estimate: false,
        created_at: expect.anything(),
      },
    ])
  } finally {
    await database.close()
  }
})
