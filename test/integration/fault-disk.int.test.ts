import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serverPid } from '../helpers/embedded-fixture.ts'
import { openEmbeddedApp } from '../helpers/embedded-test-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { makeSmallDisk, mayMakeDisks } from '../helpers/small-disk.ts'

const mayMount = await mayMakeDisks()
const LONG = 'x'.repeat(5000)

test.skipIf(mayMount)('needs root on Linux, to make a small disk', () => {})

describe.runIf(mayMount)('a disk', () => {
  test('that fills up while the app runs: refused with a clear sentence, nothing half-written, well again with room', async () => {
    await using disk = await makeSmallDisk(140)
    const data = join(disk.path, 'data')
    await using app = await openEmbeddedApp(data)
    const { id } = await app.api.boards.create({ name: 'Full', template: 'development' })
    const [column] = (await app.api.boards.get({ id })).columns
    if (!column) throw new Error('The template has columns')
    const create = (title: string) =>
      app.api.tasks.create({ board_id: id, column_id: column.id, title, description: LONG })
    const titles = async () => (await app.api.boards.get({ id })).tasks.map((task) => task.title).sort()
    const kept: string[] = []

    await disk.fill()
    let refusal: { code: string; detail: unknown } | null = null
    for (let count = 0; refusal === null && count < 20_000; count++) {
      const title = `Card ${count}`
      const done = await create(title).then(
        () => null,
        (error: unknown) => refusalOf(Promise.reject(error)),
      )
      if (done === null) kept.push(title)
      refusal = done
    }
    expect(refusal).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      detail: { message: expect.stringMatching(/\.$/) },
    })
    // Whatever gave out first, the app knows soon that it is the room that is missing, and says what to do.
    const reason = async () => {
      const state = app.ctx.databaseWatch.state
      const again = await create('No room').then(
        () => '',
        async (error: unknown) => JSON.stringify(await refusalOf(Promise.reject(error))),
      )
      return `${again} ${state.status === 'lost' ? state.reason : ''}`
    }
    await expect
      .poll(reason, { timeout: 30_000 })
      .toMatch(/There is no space left for the database|The disk of the database is full/)
    const backup = await refusalOf(app.api.backups.create())
    expect(backup.code).toBe('SERVICE_UNAVAILABLE')
    expect(
      (await readdir(join(data, 'backups')).catch(() => [])).filter((name) => name.includes('backup')),
    ).toEqual([])

    await disk.empty()
    await expect
      .poll(
        () =>
          create('After').then(
            () => true,
            () => false,
          ),
        { timeout: 60_000, interval: 250 },
      )
      .toBe(true)
    expect(await titles()).toEqual([...kept, 'After'].sort())
  }, 180_000)

  test('that is full at the start: one sentence, nothing changed, and it starts with room', async () => {
    await using disk = await makeSmallDisk(140)
    const data = join(disk.path, 'data')
    {
      await using app = await openEmbeddedApp(data)
      await app.api.boards.create({ name: 'Kept', template: 'development' })
    }
    await disk.fill()
    await expect(openEmbeddedApp(data)).rejects.toThrow(/no space left|disk .* is full/)
    expect(await serverPid(join(data, 'postgres'))).toBeUndefined()
    await disk.empty()
    await using app = await openEmbeddedApp(data)
    expect((await app.api.boards.list()).map((board) => board.name)).toEqual(['Kept'])
  }, 120_000)

  test('that is read-only: one sentence, untouched, and it starts when it can be written', async () => {
    await using disk = await makeSmallDisk(140)
    const data = join(disk.path, 'data')
    {
      await using app = await openEmbeddedApp(data)
      await app.api.boards.create({ name: 'Kept', template: 'development' })
    }
    const control = () => readFile(join(data, 'postgres/global/pg_control'))
    const before = await control()
    await disk.setWritable(false)
    await expect(openEmbeddedApp(data)).rejects.toThrow(
      /^The data folder .* cannot be written\. .* RANGERS_DATA_DIR/,
    )
    expect(await control()).toEqual(before)
    await disk.setWritable(true)
    await using app = await openEmbeddedApp(data)
    expect((await app.api.boards.list()).map((board) => board.name)).toEqual(['Kept'])
  }, 120_000)
})
