import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeOldCopies, removePurgedBytes } from '#electron/services/attachment-store.ts'
import { LARGEST_ATTACHMENT } from '#shared/attachment.ts'
import { TaskId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let app: TestApp
let beside: TestApp
/** What the person does in the system's dialogs. */
const person = { picks: null as string | null, saves: null as string | null, opened: [] as string[] }

beforeAll(async () => {
  app = await openTestApp({
    desktop: {
      pickFile: async () => person.picks,
      pickSavePath: async () => person.saves,
      openPath: async (file) => void person.opened.push(file),
    },
  })
  beside = await openTestApp({ beside: app })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

async function newCard() {
  const { board, backlog } = await makeBoard(app)
  const [task] = await makeTasks(app, board.id, backlog.id, ['With files'])
  if (!task) throw new Error('no card')
  return { board, task }
}

const text = (words: string) => new Uint8Array(Buffer.from(words))
const add = (task_id: TaskId, name: string, bytes: Uint8Array<ArrayBuffer>, media_type = 'text/plain') =>
  app.api.attachments.add({ task_id, name, media_type, bytes })
const stored = async () =>
  (await readdir(path.join(app.dataFolder, 'attachments')).catch(() => [])).filter(
    (name) => name !== 'opened',
  )

test('a file is kept under its hash, counted on the card, and told to windows', async () => {
  const { board, task } = await newCard()
  const events = await eventsDuring(app, board.id, () => add(task.id, 'notes.txt', text('hello')))
  const [attachment, ...more] = await app.api.attachments.list({ task_id: task.id })
  expect(more).toEqual([])
  const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
  expect(attachment).toMatchObject({ name: 'notes.txt', media_type: 'text/plain', size: 5, sha256 })
  expect(await readFile(path.join(app.dataFolder, 'attachments', sha256), 'utf8')).toBe('hello')
  const changed = await app.api.tasks.get({ id: task.id })
  expect(changed).toMatchObject({ attachment_count: 1, version: task.version })
  expect(events).toEqual([
    { type: 'attachment_created', data: attachment },
    { type: 'task_updated', data: changed },
  ])
})

test('it is deleted and restored', async () => {
  const { board, task } = await newCard()
  const { id } = await add(task.id, 'a.txt', text('a'))
  const events = await eventsDuring(app, board.id, () => app.api.attachments.delete({ id }))
  expect(events[0]).toEqual({ type: 'attachment_deleted', data: { id, task_id: task.id } })
  expect(await app.api.attachments.list({ task_id: task.id })).toEqual([])
  expect((await app.api.tasks.get({ id: task.id })).attachment_count).toBe(0)
  expect(await refusalOf(app.api.attachments.open({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await app.api.attachments.restore({ id })).toMatchObject({ id, name: 'a.txt' })
  expect((await app.api.tasks.get({ id: task.id })).attachment_count).toBe(1)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\System32\\x.dll', 'x.dll'],
  ['..', 'file'],
  ['con.txt', '_con.txt'],
  ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
  ['a\u0000b\n.txt', 'a_b_.txt'],
  [`${'ä'.repeat(251)}.txt`, `${'ä'.repeat(98)}.txt`],
  ['日本語 🎉.md', '日本語 🎉.md'],
])('a name is never a path: %j', async (given, name) => {
  const { task } = await newCard()
  expect(await add(task.id, given, text(given))).toMatchObject({ name })
})

test('the same bytes are on the disk once, and go with the last card that has them', async () => {
  const { board, task } = await newCard()
  const other = await app.api.tasks.create({ board_id: board.id, column_id: task.column_id, title: 'Two' })
  const before = (await stored()).length
  await add(task.id, 'one.txt', text('twice'))
  await add(other.id, 'two.txt', text('twice'))
  expect(await stored()).toHaveLength(before + 1)
  for (const [id, left] of [
    [task.id, 1],
    [other.id, 0],
  ] as const) {
    await app.api.tasks.delete({ id })
    expect(await app.api.trash.purge({ tasks: [id] })).toMatchObject({ tasks: 1 })
    expect(await stored()).toHaveLength(before + left)
  }
})

test('bytes that another app has purged go too; those that are used stay', async () => {
  const { task } = await newCard()
  const { task: kept } = await newCard()
  const gone = await add(task.id, 'gone.txt', text('purged elsewhere'))
  const used = await add(kept.id, 'used.txt', text('used'))
  await app.api.tasks.delete({ id: task.id })
  await beside.api.trash.purge({ tasks: [task.id] })
  expect(await stored()).toEqual(expect.arrayContaining([gone.sha256, used.sha256]))
  await removePurgedBytes(app.ctx)
  expect(await stored()).not.toContain(gone.sha256)
  expect(await stored()).toContain(used.sha256)
})

test('what cannot be written leaves nothing behind', async () => {
  const { task } = await newCard()
  const before = await stored()
  const missing = TaskId.parse(task.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')))
  expect(await refusalOf(add(missing, 'x.txt', text('nobody has me')))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await stored()).toEqual(before)
})

test('more than 25 MB are refused, sent or chosen; 25 MB are not', async () => {
  const { task } = await newCard()
  const large = new Uint8Array(LARGEST_ATTACHMENT + 1)
  await expect(add(task.id, 'large.bin', large)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  person.picks = path.join(app.dataFolder, 'large.bin')
  await writeFile(person.picks, '')
  await truncate(person.picks, LARGEST_ATTACHMENT + 1)
  const refused = await refusalOf(app.api.attachments.choose({ task_id: task.id }))
  expect(refused).toMatchObject({ code: 'BAD_REQUEST', detail: { error: 'TOO_LARGE' } })
  await truncate(person.picks, LARGEST_ATTACHMENT)
  expect(await app.api.attachments.choose({ task_id: task.id })).toMatchObject({ size: LARGEST_ATTACHMENT })
})

test('a file is chosen in the dialog; cancelling and a folder add nothing', async () => {
  const { task } = await newCard()
  person.picks = null
  expect(await app.api.attachments.choose({ task_id: task.id })).toBeNull()
  person.picks = path.join(app.dataFolder, 'a folder')
  await mkdir(person.picks)
  const refused = await refusalOf(app.api.attachments.choose({ task_id: task.id }))
  expect(refused).toMatchObject({ code: 'BAD_REQUEST' })
  person.picks = path.join(app.dataFolder, 'photo.png')
  await writeFile(person.picks, PNG)
  expect(await app.api.attachments.choose({ task_id: task.id })).toMatchObject({
    name: 'photo.png',
    media_type: 'image/png',
    size: PNG.length,
  })
})

test('a picture is one by its bytes, whatever is said', async () => {
  const { task } = await newCard()
  const picture = await add(task.id, 'p.txt', new Uint8Array(PNG), 'text/html')
  expect(picture.media_type).toBe('image/png')
  const read = await app.api.attachments.read({ id: picture.id })
  expect(read).toEqual({ media_type: 'image/png', bytes: new Uint8Array(PNG) })
  const script = await add(task.id, 'p.svg', text('<svg onload="alert(1)"/>'), 'image/svg+xml')
  expect(script.media_type).toBe('application/octet-stream')
  expect(await refusalOf(app.api.attachments.read({ id: script.id }))).toMatchObject({
    detail: { error: 'NO_PICTURE' },
  })
})

test('it opens as a copy with its name, and what could run does not', async () => {
  const { task } = await newCard()
  const plain = await add(task.id, 'read me.pdf', text('%PDF'))
  await app.api.attachments.open({ id: plain.id })
  await app.api.attachments.open({ id: plain.id })
  const [first, second] = person.opened.splice(0)
  expect(path.basename(first ?? '')).toBe('read me.pdf')
  expect(second).toBe(first)
  expect(await readFile(first ?? '', 'utf8')).toBe('%PDF')
  const inDays = (days: number) => ({ ...app.ctx, now: () => new Date(Date.now() + days * 24 * 3600_000) })
  await removeOldCopies(inDays(6))
  expect(await readFile(first ?? '', 'utf8')).toBe('%PDF')
  await removeOldCopies(inDays(8))
  await expect(readFile(first ?? '')).rejects.toMatchObject({ code: 'ENOENT' })
  for (const name of ['setup.exe', 'run.sh', 'page.HTML', 'no ending']) {
    const { id } = await add(task.id, name, text(name))
    expect(await refusalOf(app.api.attachments.open({ id }))).toMatchObject({
      detail: { error: 'NOT_OPENED' },
    })
  }
  expect(person.opened).toEqual([])
})

test('it is saved where the person says', async () => {
  const { task } = await newCard()
  const { id } = await add(task.id, 'a.bin', new Uint8Array([0, 255, 10, 13]))
  person.saves = null
  expect(await app.api.attachments.saveAs({ id })).toBeNull()
  person.saves = path.join(app.dataFolder, 'saved.bin')
  expect(await app.api.attachments.saveAs({ id })).toEqual({ path: person.saves })
  expect([...(await readFile(person.saves))]).toEqual([0, 255, 10, 13])
})

test('an app that has not the bytes says where they are', async () => {
  const { task } = await newCard()
  const { id, machine, sha256 } = await add(task.id, 'far.png', new Uint8Array([...PNG, 1]))
  for (const call of [beside.api.attachments.read({ id }), beside.api.attachments.open({ id })])
    expect(await refusalOf(call)).toMatchObject({ detail: { error: 'BYTES_ELSEWHERE', machine } })
  await rm(path.join(app.dataFolder, 'attachments', sha256))
  expect(await refusalOf(app.api.attachments.saveAs({ id }))).toMatchObject({
    detail: { error: 'BYTES_ELSEWHERE' },
  })
})
