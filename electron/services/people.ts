import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
export interface Person extends Disposable {
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
  /** How the system calls the person. */
  askName?: () => Promise<string>
  /** When a name that is known is asked for again, milliseconds: by default, when the first screen is drawn. */
  againMs?: number
}

/** All who have used this database, by name. */
export function listPeople({ db }: { db: Db }) {
  return listUsers(db)
}

/**
 * Knows the person again, or gets to know them: a row of `users` is theirs. The system is asked for their name by a process
 * of its own, which a start does not wait for when it has been told before: another name is taken over a little later.
 */
export async function openPerson(options: PersonOptions): Promise<Person> {
  const { folder, db, preferences, newId, askName = personName, againMs = 1500 } = options
  const file = path.join(folder, 'person.json')
  const known = await knownPerson(file, newId)
  const { id } = known
  let systemName = known.name ?? (await askName())
  // It signs every change: one that the database cannot hold would stop them all.
  const name = () => storable(preferences.get().display_name ?? systemName)
  const save = () => saveUser(db, id, name())
  const remember = () => writeWhole(file, { id, name: systemName })
  const askAgain = async () => {
    const now = await askName()
    if (now === systemName) return
    systemName = now
    await remember()
    await save()
  }
  await save()
  if (known.name === undefined) await remember().catch(() => {}) // asked for again by the next start
  // What fails here is tried again by the next start.
  const timer = setTimeout(() => void askAgain().catch(() => {}), againMs)
  timer.unref()
  return {
    id,
    actor: () => ({ type: 'person', id, name: name() }),
    save,
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}

const Known = z.object({ id: UserId, name: z.string().min(1).optional() })
type Known = z.infer<typeof Known>

/** Two apps that start at once on a new folder agree: the first one's file stays. */
async function knownPerson(file: string, newId: () => string): Promise<Known> {
  const known = await readPerson(file)
  if (known) return known
  const person = { id: UserId.parse(newId()) }
  const draft = `${file}.${person.id}.tmp`
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(draft, lineOf(person), { mode: 0o600 })
  try {
    await link(draft, file)
    return person
  } catch {
    const other = await readPerson(file)
    if (other) return other
    // Unreadable, or a disk without links.
    await writeFile(file, lineOf(person), { mode: 0o600 })
    return person
  } finally {
    await rm(draft, { force: true })
  }
}

/** A crash leaves the old file or the new one. */
async function writeWhole(file: string, person: Known): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, lineOf(person), { mode: 0o600 })
  await rename(draft, file)
}

function lineOf(person: Known): string {
  return `${JSON.stringify(person)}\n`
}

async function readPerson(file: string): Promise<Known | null> {
  try {
    return Known.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}
