import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listBackupFiles } from '#db/backup/backup-folder.ts'
import { startListener } from '#db/listener.ts'
import { followBoard } from '#electron/services/follow-board.ts'
import { isBeingRebased } from '#electron/workspaces/checkout-in-the-way.ts'
import { snapshotRepository } from '#electron/workspaces/repository-snapshot.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { listenerWarnings } from '../helpers/listener-warnings.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
beforeAll(async () => {
  ;[app, folder] = await Promise.all([openTestApp(), temporaryFolder()])
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await folder.remove()
})

it('many checkouts of a repository are looked at with one signal', async () => {
  const repo = await makeRepository(path.join(folder.path, 'repo'), { 'a.txt': 'a' })
  for (let index = 0; index < 12; index++)
    await gitIn(repo, 'worktree', 'add', '--quiet', '--detach', path.join(folder.path, `side-${index}`))
  const { signal } = new AbortController()
  let heads = 0
  const told = await listenerWarnings(async () => {
    heads = Object.keys((await snapshotRepository(repo, signal)).heads).length
    await isBeingRebased(repo, 'main', signal)
  })
  expect([heads, told]).toEqual([13, []])
})

it('a folder of a hundred backups is listed with one signal', async () => {
  const backups = path.join(folder.path, 'backups')
  await mkdir(backups)
  for (let index = 0; index < 100; index++) {
    const name = `20260101T000000Z-${index}-manual.backup.gz`
    await writeFile(path.join(backups, name), gzipSync('not a backup'))
  }
  let listed = 0
  const told = await listenerWarnings(async () => {
    const place = { folder: backups, migrations: path.resolve('migrations') }
    listed = (await listBackupFiles(place, new AbortController().signal)).length
  })
  expect([listed, told]).toEqual([100, []])
})

it('a board is followed through a hundred changes with one signal', async () => {
  const board = await app.api.boards.create({ name: 'Followed' })
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  const end = new AbortController()
  let heard = 0
  const told = await listenerWarnings(async () => {
    const changing = (async () => {
      for (let index = 0; index < 100; index++)
        await app.api.boards.update({ id: board.id, name: `Followed ${index}` })
    })()
    for await (const _ of followBoard(app.ctx, board.id, last_event_id, end.signal)) {
      heard += 1
      if (heard === 100) break
    }
    await changing
  })
  end.abort()
  expect([heard, told]).toEqual([100, []])
})

it('a listener of the database is asked a hundred times', async () => {
  const connected = new EventTarget()
  const there = once(connected, 'yes')
  const listener = startListener({
    connection: app.connection,
    onNotify: () => {},
    onConnected: () => connected.dispatchEvent(new Event('yes')),
    onLost: () => {},
  })
  let answers = 0
  const told = await listenerWarnings(async () => {
    await there
    for (let index = 0; index < 100; index++) {
      if (await listener.check()) answers += 1
      await nextTurn()
    }
  })
  await listener.close()
  expect([answers, told]).toEqual([100, []])
})
