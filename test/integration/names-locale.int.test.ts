import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_QUERY } from '#shared/board-query.ts'
import { refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

/** Two ways to write each name: one that knows no case of Ä, and one that knows of Σ what others do not. */
const TWINS = [
  ['Änderung', 'äNDERUNG'],
  ['ΟΔΟΣ', 'οδος'],
  ['İş', 'iş'],
] as const
const DEFINITION = {
  clarity: false,
  nodes: [{ kind: 'agent' as const, id: 'work', name: 'Work', role: 'development' as const }],
}

describe.each(['C', 'ICU'] as const)('names in a database of the locale %s', (locale) => {
  let app: TestApp
  beforeAll(async () => {
    app = await openTestApp({ locale })
  })
  afterAll(() => app?.[Symbol.asyncDispose]())

  const newBoard = () => app.api.boards.create({ name: 'Namen' })

  it('the database itself does not take all of them for one', async () => {
    const { rows } = await app.ctx.db.execute(
      sql`select ${sql.join(
        TWINS.map(([one, other]) => sql`lower(${one}) = lower(${other})`),
        sql` and `,
      )} as agrees`,
    )
    expect(rows).toEqual([{ agrees: false }])
  })

  it.each(TWINS)('%s and %s are one label, one view and one workflow', async (one, other) => {
    const board_id = (await newBoard()).id
    const color = '#1A2B3C'
    const label = await app.api.labels.create({ board_id, name: one, color })
    const free = await app.api.labels.create({ board_id, name: 'free', color })
    const taken = { code: 'BAD_REQUEST', detail: { error: 'NAME_TAKEN' } }
    expect(await refusalOf(app.api.labels.create({ board_id, name: other, color }))).toMatchObject(taken)
    expect(await refusalOf(app.api.labels.update({ id: free.id, name: other }))).toMatchObject(taken)
    expect(await app.api.labels.update({ id: label.id, name: other })).toMatchObject({ name: other })

    const query = DEFAULT_QUERY
    const view = await app.api.views.create({ board_id, name: one, query })
    const exists = { code: 'BAD_REQUEST', detail: { error: 'VIEW_EXISTS' } }
    expect(await refusalOf(app.api.views.create({ board_id, name: other, query }))).toMatchObject(exists)
    expect(await app.api.views.update({ id: view.id, name: other })).toMatchObject({ name: other })

    const workflow = await app.api.workflows.create({ name: one, definition: DEFINITION })
    const again = { name: other, definition: DEFINITION }
    expect(await refusalOf(app.api.workflows.create(again))).toMatchObject(taken)
    await app.api.workflows.archive({ id: workflow.id, archived: true })
    await app.api.workflows.create(again)
  })

  it('of two workflows that are named alike at the same moment one is refused', async () => {
    const made = await Promise.allSettled(
      ['Über', 'über'].map((name) => app.api.workflows.create({ name, definition: DEFINITION })),
    )
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('labels of a file with one name are one, carried once, and it is said', async () => {
    const labels = TWINS.flat().map((name, index) => ({ id: `l${index}`, name, color: '#1A2B3C' }))
    const file = path.join(app.dataFolder, 'board.json')
    await writeFile(
      file,
      JSON.stringify({
        format: 'agent-rangers-board',
        version: 1,
        board: { name: 'Straße' },
        columns: [{ id: 'c1', name: 'Todo' }],
        labels,
        tasks: [{ column: 'c1', title: 'all', labels: labels.map(({ id }) => id) }],
        views: [{ name: 'some', query: { label_ids: ['l0', 'l1', 'l3'] } }],
      }),
    )
    const imported = await app.api.boards.import({ path: file })
    if (!imported) throw new Error('nothing was imported')
    const opened = await app.api.boards.open({ id: imported.board.id })
    const name = (id: string) => opened.labels.find((label) => label.id === id)?.name
    expect(opened.tasks[0]?.label_ids.map(name)).toEqual(TWINS.map(([one]) => one))
    expect(opened.views[0]?.query.label_ids.map(name)).toEqual(['Änderung', 'ΟΔΟΣ'])
    expect(opened.labels).toHaveLength(3)
    expect(imported.notes.map(({ items }) => items)).toEqual([TWINS.map(([, other]) => other)])
  })
})
