import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { fillEveryTable } from '../helpers/every-table.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await fillEveryTable(database.pool)
})
afterAll(() => database.close())

describe('the words of a card', () => {
  const find = async (words: string) => {
    const { rows } = await database.pool.query(
      `SELECT DISTINCT t.title FROM task_search s JOIN tasks t ON t.id = s.task_id
       WHERE s.document @@ websearch_to_tsquery('simple', $1)`,
      [words],
    )
    return rows
  }

  it('follow title, description and acceptance criteria', async () => {
    await database.pool.query(
      `UPDATE tasks SET title = 'Frobnicate', description = 'the gizmo', acceptance_criteria = 'it hums'`,
    )
    expect(await find('frobnicate')).toEqual([{ title: 'Frobnicate' }])
    expect(await find('gizmo hums')).toEqual([{ title: 'Frobnicate' }])
    await database.pool.query(`UPDATE tasks SET description = null`)
    expect(await find('gizmo')).toEqual([])
  })

  it('are not written anew by a move', async () => {
    const places = async () =>
      (await database.pool.query('SELECT xmin FROM task_search ORDER BY task_id')).rows
    const before = await places()
    await database.pool.query(`UPDATE tasks SET "order" = "order" + 1, version = version + 1`)
    expect(await places()).toEqual(before)
  })
})

test.each([
  ['tasks', 'estimate = 1000.5'],
  ['tasks', `estimate = 'NaN'`],
  ['columns', `color = '#12345g'`],
  ['columns', 'wip_limit = -1'],
  ['labels', `color = 'red'`],
  ['task_links', `kind = 'hates'`],
  ['task_links', 'other_task_id = task_id'],
  ['comments', `author_type = 'robot'`],
  ['attachments', 'size = -1'],
  ['attachments', `sha256 = '../../etc'`],
  ['templates', `kind = 'project'`],
  ['notifications', `kind = 'advert'`],
])('%s refuse %s', async (table, change) => {
  await expect(database.pool.query(`UPDATE ${table} SET ${change}`)).rejects.toMatchObject({ code: '23514' })
})

test('what a person does to each noun of a card is in the trail, and cannot be truncated away', async () => {
  const nouns = {
    labels: 'label',
    task_links: 'link',
    comments: 'comment',
    attachments: 'attachment',
    board_transitions: 'transition',
    saved_views: 'view',
    templates: 'template',
  }
  for (const [table, entity] of Object.entries(nouns)) {
    const { rows } = await database.pool.query(
      `SELECT action FROM audit_logs WHERE entity_type = $1 AND entity_id IN (SELECT id FROM ${table})`,
      [entity],
    )
    expect(rows).toEqual([{ action: 'create' }])
    await expect(database.pool.query(`TRUNCATE ${table}`)).rejects.toMatchObject({ code: '55000' })
  }
})
