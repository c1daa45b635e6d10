import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listUsers } from '#db/queries/users.ts'
import { openPerson, type Person } from '#electron/services/people.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

const ID = '0199b7a0-0000-7000-8000-00000000000a'
let database: TestDatabase
let folder: string
let opened: Person[] = []

beforeEach(async () => {
  opened = []
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-person-'))
})
afterEach(async () => {
  for (const person of opened) person[Symbol.dispose]()
  await rm(folder, { recursive: true, force: true })
  await database.close()
})

async function open(askName: () => Promise<string>, againMs: number): Promise<Person> {
  const preferences = { get: () => ({ display_name: null }) }
  const options = { folder, db: database.db, preferences, newId: () => ID, askName, againMs }
  const person = await openPerson(options)
  opened.push(person)
  return person
}

const file = () => path.join(folder, 'person.json')
const known = async () => JSON.parse(await readFile(file(), 'utf8')) as unknown

test('a new person is called as the system calls them, and known by that from then on', async () => {
  const person = await open(async () => 'Ada', 1e6)
  expect(person.actor()).toEqual({ type: 'person', id: ID, name: 'Ada' })
  expect(await known()).toEqual({ id: ID, name: 'Ada' })
})

test('who is known is not asked for before the start goes on; a new name is taken over later', async () => {
  await writeFile(file(), JSON.stringify({ id: ID, name: 'Ada' }))
  let tell = (_name: string) => {}
  const answer = new Promise<string>((resolve) => {
    tell = resolve
  })
  const person = await open(() => answer, 0)
  expect(person.actor().name).toBe('Ada')
  tell('Ada Lovelace')
  await expect.poll(() => person.actor().name).toBe('Ada Lovelace')
  await expect.poll(known).toEqual({ id: ID, name: 'Ada Lovelace' })
  await expect.poll(() => listUsers(database.db)).toEqual([{ id: ID, name: 'Ada Lovelace' }])
})

test('a file of an older app, which knows no name, keeps its person', async () => {
  await writeFile(file(), JSON.stringify({ id: ID }))
  const person = await open(async () => 'Ada', 1e6)
  expect(person.id).toBe(ID)
  expect(await known()).toEqual({ id: ID, name: 'Ada' })
})
