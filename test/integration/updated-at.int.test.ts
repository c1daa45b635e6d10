import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { updateColumn } from '#db/queries/columns.ts'
import { inTransaction } from '#db/transaction.ts'
import { makeBoard } from '../helpers/factories.ts'
import { openTestApp } from '../helpers/test-app.ts'

it('the later of two changes has the later updated_at, also when its transaction began first', async () => {
  await using app = await openTestApp()
  const { backlog } = await makeBoard(app)
  const [early, late] = await inTransaction(app.ctx.db, async (tx) => {
    await tx.execute(sql`select 1`)
    const first = await app.api.columns.update({ id: backlog.id, name: 'First' })
    return [first, await updateColumn(tx, backlog.id, { name: 'Second' })] as const
  })
  const { columns } = await app.api.boards.get({ id: backlog.board_id })
  expect(columns[0]?.name).toBe('Second')
  expect(late?.updated_at.getTime()).toBeGreaterThan(early.updated_at.getTime())
})
