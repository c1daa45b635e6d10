import type { TrackedEnvelope } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '#electron/api/router.ts'
import { changeBoard } from '#electron/services/change-board.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

interface Heard {
  id: string
  message: BoardMessage
}

/** A window that listens to a board through the router. */
async function listen(boardId: BoardId, lastEventId?: string) {
  const closing = new AbortController()
  const api = appRouter.createCaller(app.ctx, { signal: closing.signal })
  const answer = await api.boards.onEvent({ boardId, ...(lastEventId ? { lastEventId } : {}) })
  const stream = (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  return {
    async next(): Promise<Heard | 'ended'> {
      const { value, done } = await stream.next()
      if (done) return 'ended'
      const [id, message] = value as TrackedEnvelope<BoardMessage>
      return { id, message }
    },
    close: () => closing.abort(),
    leave: () => stream.return?.(),
  }
}

/** The events of a board after an id, up to a marker that is told last. */
async function eventsAfter(boardId: BoardId, lastEventId: string): Promise<BoardMessage[]> {
  const marker = await app.api.columns.create({ board_id: boardId, name: 'the end' })
  const window = await listen(boardId, lastEventId)
  const heard: BoardMessage[] = []
  for (;;) {
    const next = await window.next()
    if (next === 'ended') throw new Error('The stream ended')
    if (next.message.type === 'column_created' && next.message.data.id === marker.id) break
    heard.push(next.message)
  }
  window.close()
  return heard
}

const lastId = async (id: BoardId) => (await app.api.boards.get({ id })).last_event_id

describe('acceptance 7: events', () => {
  it('each mutation emits its one event, with what it answered', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Told'])
    if (!task) throw new Error('no card')
    const id = task.id
    const told = async (mutate: () => Promise<unknown>) => {
      const before = await lastId(board.id)
      const answer = await mutate()
      return { answer, events: await eventsAfter(board.id, before) }
    }
    const cases: [string, () => Promise<unknown>][] = [
      ['task_created', () => app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'x' })],
      ['task_updated', () => app.api.tasks.update({ id, priority: 'high' })],
      ['task_moved', () => app.api.tasks.move({ id, column_id: review.id, order: 5, version: 2 })],
      ['task_deleted', () => app.api.tasks.delete({ id })],
      ['task_created', () => app.api.tasks.restore({ id })],
      ['column_created', () => app.api.columns.create({ board_id: board.id, name: 'New' })],
      ['column_updated', () => app.api.columns.update({ id: review.id, name: 'Seen' })],
      ['column_updated', () => app.api.columns.move({ id: review.id, order: 0.5 })],
      ['board_updated', () => app.api.boards.update({ id: board.id, name: 'Named' })],
    ]
    for (const [type, mutate] of cases) {
      const { answer, events } = await told(mutate)
      expect(events).toEqual([{ type, data: answer }])
    }
    const { events } = await told(() => app.api.columns.delete({ id: review.id }))
    expect(events).toEqual([{ type: 'column_deleted', data: { id: review.id } }])
  })

  it('nothing is heard of a change that is rolled back, nor before the commit', async () => {
    const { board, backlog } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Stays'])
    if (!task) throw new Error('no card')
    const before = await lastId(board.id)
    const audited = await app.api.audit.list({ board_id: board.id, limit: 1 })
    const broken = changeBoard(app.ctx, board.id, async ({ tell }) => {
      tell({ type: 'task_deleted', data: { id: task.id } })
      // Told and not committed: nobody else may see it yet.
      expect(await lastId(board.id)).toBe(before)
      throw new Error('changed its mind')
    })
    await expect(broken).rejects.toThrow('changed its mind')
    const stale = { id: task.id, column_id: backlog.id, order: 1, version: 99 }
    expect((await refusalOf(app.api.tasks.move(stale))).code).toBe('CONFLICT')
    expect(await eventsAfter(board.id, before)).toEqual([])
    const [last] = audited
    const since = await app.api.audit.list({ board_id: board.id, limit: 2 })
    expect(since.map((record) => record.id)).toEqual([expect.any(String), last?.id]) // only the marker
  })

  it('is heard on its own board only', async () => {
    const [here, there] = [await makeBoard(app), await makeBoard(app)]
    const before = await lastId(there.board.id)
    await makeTasks(app, here.board.id, here.backlog.id, ['Elsewhere'])
    expect(await eventsAfter(there.board.id, before)).toEqual([])
  })

  it.each(['task', 'column', 'board'] as const)('the payload of a deleted %s is {id}', async (kind) => {
    const { board, backlog, review } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Gone'])
    const before = await lastId(board.id)
    const window = await listen(board.id, before)
    const id = { task: task?.id, column: review.id, board: board.id }[kind]
    if (kind === 'task' && task) await app.api.tasks.delete({ id: task.id })
    if (kind === 'column') await app.api.columns.delete({ id: review.id })
    if (kind === 'board') await app.api.boards.delete({ id: board.id })
    expect(await window.next()).toMatchObject({ message: { type: `${kind}_deleted`, data: { id } } })
    window.close()
  })

  it('abort ends the stream', async () => {
    const { board } = await makeBoard(app)
    const window = await listen(board.id)
    const waiting = window.next()
    window.close()
    expect(await waiting).toBe('ended')
  })

  it('lastEventId replays what was missed, once and in order, then goes on live', async () => {
    const { board, backlog } = await makeBoard(app)
    const first = await listen(board.id, await lastId(board.id))
    await makeTasks(app, board.id, backlog.id, ['1'])
    const seen = await first.next()
    first.close()
    if (seen === 'ended') throw new Error('The stream ended')
    await makeTasks(app, board.id, backlog.id, ['2', '3'])
    const again = await listen(board.id, seen.id)
    const titleOf = async () => {
      const next = await again.next()
      return next !== 'ended' && next.message.type === 'task_created' ? next.message.data.title : next
    }
    expect([await titleOf(), await titleOf()]).toEqual(['2', '3'])
    const live = titleOf()
    await makeTasks(app, board.id, backlog.id, ['4'])
    expect(await live).toBe('4')
    again.close()
  })

  it('a dead window never breaks the others', async () => {
    const { board, backlog } = await makeBoard(app)
    const after = await lastId(board.id)
    const windows = await Promise.all([
      listen(board.id, after),
      listen(board.id, after),
      listen(board.id, after),
    ])
    const [dead, gone, alive] = windows
    dead.close() // before it ever read
    const waiting = gone.next()
    gone.close() // while it waits
    expect(await waiting).toBe('ended')
    await makeTasks(app, board.id, backlog.id, ['Heard'])
    expect(await alive.next()).toMatchObject({ message: { type: 'task_created', data: { title: 'Heard' } } })
    alive.close()
  })
})
