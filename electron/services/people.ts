import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Db } from '#db/client.ts'
import { listUsers, saveUser } from '#db/queries/users.ts'
import { storable } from '#db/storable.ts'
import type { Actor } from '#shared/actor.ts'
import { UserId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import { personName } from '../platform/person-name.ts'

/** The person of this data folder. */
export interface Person {
  id: UserId
  /** As of now: people rename themselves. */
  actor(): Actor
  /** Writes the person's name down where all apps of the database read it. */
  save(): Promise<void>
}

export interface PersonOptions {
  /** The data folder, which keeps the person's id. */
  folder: string
  db: Db
  preferences: { get(): Pick<Preferences, 'display_name'> }
  newId: () => string
}

/** All who have used this database, by name. */
export function listPeople({ db }: { db: Db }) {
  return listUsers(db)
}

/** Knows the person again, or gets to know them: a row of `users` is theirs. */
export async function openPerson({ folder, db, preferences, newId }: PersonOptions): Promise<Person> {
  const [id, systemName] = await Promise.all([knownId(folder, newId), personName()])
  // It signs every change: one that the database cannot hold would stop them all.
  const name = () => storable(preferences.get().display_name ?? systemName)
  const save = () => saveUser(db, id, name())
  await save()
  return { id, actor: () => ({ type: 'person', id, name: name() }), save }
}

const Known = z.object({ id: UserId })

/** Two apps that start at once on a new folder agree: the first one's file stays. */
async function knownId(folder: string, newId: () => string): Promise<UserId> {
  const file = path.join(folder, 'person.json')
  const known = await readId(file)
  if (known) return known
  const id = UserId.parse(newId())
  const draft = `${file}.${id}.tmp`
  await mkdir(folder, { recursive: true })
  await writeFile(draft, `${JSON.stringify({ id })}\n`, { mode: 0o600 })
  try {
    await link(draft, file)
    return id
  } catch {
    const other = await readId(file)
    if (other) return other
    // Unreadable, or a disk without links.
    await writeFile(file, `${JSON.stringify({ id })}\n`, { mode: 0o600 })
    return id
  } finally {
    await rm(draft, { force: true })
  }
}

async function readId(file: string): Promise<UserId | null> {
  try {
    return Known.parse(JSON.parse(await readFile(file, 'utf8'))).id
  } catch {
    return null
  }
}
