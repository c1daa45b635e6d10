import { readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeExpired } from '#electron/services/trash.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import type { TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
let app: TestApp
beforeAll(async () => {
  sum = await openSumApp()
  app = sum.app
  await app.api.settings.updatePreferences({ display_name: 'Ada' })
})
afterAll(() => sum[Symbol.asyncDispose]())

const never = () => new AbortController().signal
const DAY_MS = 24 * 3600_000

async function newBoard(titles: string[] = ['One', 'Two', 'Three']) {
  const made = await makeBoard(app)
  const tasks = await makeTasks(app, made.board.id, made.backlog.id, titles)
  const [first] = tasks
  if (!first) throw new Error('no cards')
  return { ...made, tasks, first }
}

async function namesOf(limit = 100): Promise<string[]> {
  const names: string[] = []
  let before: string | undefined
  do {
    const { items, next } = await app.api.trash.list({ limit, ...(before ? { before } : {}) })
    names.push(...items.map(({ name }) => name))
    before = next ?? undefined
  } while (before)
  return names
}

describe('the trash', () => {
  it('lists cards, columns and boards, newest first, with who deleted them', async () => {
    await app.api.trash.purge({ all: true })
    const { board, first, progress } = await newBoard()
    await makeTasks(app, board.id, progress.id, ['Along'])
    const { board: other } = await newBoard(['Along too'])
    await app.api.tasks.delete({ id: first.id })
    await app.api.columns.delete({ id: progress.id })
    await app.api.boards.delete({ id: other.id })
    const { items, next } = await app.api.trash.list({})
    expect(next).toBeNull()
    expect(
      items.map(({ kind, name, key, card_count, board_name, deleted_by }) => ({
        kind,
        name,
        key,
        card_count,
        board_name,
        by: deleted_by?.name,
      })),
    ).toEqual([
      { kind: 'board', name: 'Payments', key: other.key, card_count: 1, board_name: 'Payments', by: 'Ada' },
      { kind: 'column', name: 'In progress', key: null, card_count: 1, board_name: 'Payments', by: 'Ada' },
      {
        kind: 'task',
        name: 'One',
        key: `${board.key}-1`,
        card_count: 0,
        board_name: 'Payments',
        by: 'Ada',
      },
    ])
    expect(items[0]?.deleted_at).toBeInstanceOf(Date)
    expect(await namesOf(1)).toEqual(['Payments', 'In progress', 'One'])
  })

  it('lists many that went in the same moment page by page, none twice', async () => {
    await app.api.trash.purge({ all: true })
    const { board, tasks } = await newBoard(['a', 'b', 'c', 'd', 'e'])
    const changes = tasks.map(({ id }) => ({ id, trashed: true }))
    await app.api.tasks.change({ board_id: board.id, changes })
    expect((await namesOf(2)).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('is searched by names, keys and boards, page by page', async () => {
    await app.api.trash.purge({ all: true })
    const { board, tasks } = await newBoard(['Plant 100%', 'Plant 1000', 'Water'])
    for (const { id } of tasks) await app.api.tasks.delete({ id })
    const found = async (text: string, limit = 100, before?: string) => {
      const { items, next } = await app.api.trash.list({ text, limit, ...(before && { before }) })
      return { names: items.map(({ name }) => name), next }
    }
    expect((await found(' plant ')).names).toEqual(['Plant 1000', 'Plant 100%'])
    expect((await found('100%')).names).toEqual(['Plant 100%'])
    expect((await found(`${board.key.toLowerCase()}-3`)).names).toEqual(['Water'])
    expect((await found(board.name)).names).toHaveLength(3)
    expect((await found('nobody')).names).toEqual([])
    expect((await found('plant', 2)).next).toBeNull()
    const first = await found('plant', 1)
    expect(first.names).toEqual(['Plant 1000'])
    expect((await found('plant', 1, first.next ?? undefined)).names).toEqual(['Plant 100%'])
  })

  it('begins at the beginning for what is no cursor', async () => {
    expect((await app.api.trash.list({ before: "'; drop table tasks" })).items.length).toBeGreaterThan(0)
  })
})

describe('purging', () => {
  it('removes a card and what hangs on it, and leaves what is not in the trash', async () => {
    const { board, tasks } = await newBoard()
    const [one, two] = tasks
    if (!one || !two) throw new Error('no cards')
    await app.api.comments.create({ task_id: one.id, body: 'Gone with it' })
    const link = await app.api.links.create({ task_id: one.id, other_task_id: two.id, kind: 'relates' })
    await app.api.tasks.delete({ id: one.id })
    const events = await eventsDuring(app, board.id, async () => {
      const purged = await app.api.trash.purge({ tasks: [one.id, two.id] })
      expect(purged).toEqual({ boards: 0, columns: 0, tasks: 1, stayed: [] })
    })
    expect(events).toEqual([{ type: 'link_deleted', data: { id: link.id } }])
    expect(await refusalOf(app.api.tasks.restore({ id: one.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await app.api.tasks.get({ id: two.id })).toMatchObject({ title: 'Two' })
    const [line] = await app.api.activity.list({ board_id: board.id })
    expect(line).toMatchObject({ message: 'deleted the card “One” for good', actor: { name: 'Ada' } })
    const [trail] = await app.api.audit.list({ entity_id: one.id })
    expect(trail).toMatchObject({ action: 'purge', actor: { name: 'Ada' } })
  })

  it('removes a column with its cards, and a board with all', async () => {
    const { board, backlog, first } = await newBoard()
    await app.api.columns.delete({ id: backlog.id })
    expect(await app.api.trash.purge({ columns: [backlog.id] })).toMatchObject({ columns: 1, tasks: 0 })
    expect(await refusalOf(app.api.tasks.get({ id: first.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    await app.api.boards.delete({ id: board.id })
    expect(await app.api.trash.purge({ boards: [board.id] })).toMatchObject({ boards: 1 })
    expect(await refusalOf(app.api.boards.restore({ id: board.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of everything leaves an empty trash', async () => {
    const { tasks, review } = await newBoard()
    const { board } = await newBoard()
    for (const { id } of tasks) await app.api.tasks.delete({ id })
    await app.api.columns.delete({ id: review.id })
    await app.api.boards.delete({ id: board.id })
    expect(await app.api.trash.purge({ all: true })).toMatchObject({ stayed: [] })
    expect(await app.api.trash.list({})).toEqual({ items: [], next: null })
  })

  it('leaves a card that comes out of the trash meanwhile', async () => {
    const { board, first } = await newBoard()
    await app.api.tasks.delete({ id: first.id })
    const other = new pg.Client(app.connection)
    await other.connect()
    try {
      await other.query('BEGIN')
      await other.query('SELECT FROM boards WHERE id = $1 FOR NO KEY UPDATE', [board.id])
      await other.query('UPDATE tasks SET deleted_at = NULL WHERE id = $1', [first.id])
      const purging = app.api.trash.purge({ tasks: [first.id] })
      const waiting = sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await expect.poll(async () => (await app.ctx.db.execute(waiting)).rowCount).toBe(1)
      await other.query('COMMIT')
      expect(await purging).toEqual({ boards: 0, columns: 0, tasks: 0, stayed: [] })
    } finally {
      await other.end()
    }
    expect(await app.api.tasks.get({ id: first.id })).toMatchObject({ title: 'One' })
  })

  it('comes by itself after 30 days, and no day earlier', async () => {
    const { tasks, board } = await newBoard(['Old', 'Kept'])
    const [old, kept] = tasks
    if (!old || !kept) throw new Error('no cards')
    const comment = await app.api.comments.create({ task_id: kept.id, body: 'Taken back' })
    await app.api.comments.delete({ id: comment.id })
    await app.api.tasks.delete({ id: old.id })
    const inDays = (days: number) => ({ ...app.ctx, now: () => new Date(Date.now() + days * DAY_MS) })
    expect(await purgeExpired(inDays(29.9), never())).toMatchObject({ tasks: 0 })
    await app.api.comments.restore({ id: comment.id })
    await app.api.comments.delete({ id: comment.id })
    expect(await purgeExpired(inDays(30.1), never())).toMatchObject({ tasks: 1 })
    expect(await refusalOf(app.api.comments.restore({ id: comment.id }))).toMatchObject({ code: 'NOT_FOUND' })
    const [line] = await app.api.activity.list({ board_id: board.id })
    expect(line?.actor.type).toBe('system')
  })
})

describe('purging never loses work', () => {
  it('all that lies in the workspace is kept under a hidden ref before its folder goes', async () => {
    const { repo, model } = sum
    model.play(TWO_ROUNDS)
    const { task } = await openCard(sum, 'Mend it')
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    const workspace = end.workspace_path ?? ''
    await writeFiles(workspace, { 'untracked.txt': 'Nobody committed me' })
    await app.api.tasks.delete({ id: task.id })
    expect(await app.api.trash.purge({ tasks: [task.id] })).toMatchObject({ tasks: 1, stayed: [] })
    await expect(readFile(path.join(workspace, 'untracked.txt'))).rejects.toMatchObject({ code: 'ENOENT' })
    const ref = `refs/rangers/discarded/${id}`
    expect(await gitIn(repo, 'show', `${ref}:untracked.txt`)).toBe('Nobody committed me')
    expect(await gitIn(repo, 'show', `${ref}:sum.js`)).toContain('Number(a) + Number(b)')
  })

  it('a card whose work cannot be kept stays, and says why', async () => {
    const { repo, model } = sum
    model.play(TWO_ROUNDS)
    const { task } = await openCard(sum, 'Stays')
    const { id } = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, id)
    await app.api.tasks.delete({ id: task.id })
    await rename(repo, `${repo}.away`)
    try {
      const { tasks, stayed } = await app.api.trash.purge({ tasks: [task.id] })
      expect({ tasks, stayed }).toEqual({
        tasks: 0,
        stayed: [
          { kind: 'task', id: task.id, name: 'Stays', reason: expect.stringContaining('is not there') },
        ],
      })
    } finally {
      await rename(`${repo}.away`, repo)
    }
    expect(await app.api.trash.purge({ tasks: [task.id] })).toMatchObject({ tasks: 1 })
  })

  it('agents that still work are ended first', async () => {
    const { repo, model } = sum
    model.play({ default: { hang: true } })
    const { task, board } = await openCard(sum, 'Running')
    const seen = model.received(1)
    const { id } = await app.api.executions.start({ task_id: task.id })
    await seen
    await app.api.boards.delete({ id: board.id })
    expect(await app.api.trash.purge({ boards: [board.id] })).toMatchObject({ boards: 1, stayed: [] })
    expect(await refusalOf(app.api.executions.get({ id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await gitIn(repo, 'worktree', 'list', '--porcelain')).not.toContain(id)
  })
})
