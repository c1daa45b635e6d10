import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UnavailableError } from '#shared/errors.ts'
import { DEFAULT_PREFERENCES, Preferences, type UpdatePreferences } from '#shared/preferences.ts'
import { PREFERENCES_FILE, readStored } from '../stored-object.ts'

/** What this installation remembers; read once, kept in memory, written whole. */
export interface PreferenceStore {
  get(): Preferences
  /** In force at once. Throws UnavailableError, with all of it as it was, when it cannot be written. */
  update(change: UpdatePreferences): Promise<Preferences>
}

/** Opens `<folder>/preferences.json`. What is missing or unreadable in it has its default. */
export async function openPreferences(
  folder: string,
  onChange: (preferences: Preferences) => void = () => {},
): Promise<PreferenceStore> {
  const file = path.join(folder, PREFERENCES_FILE)
  let preferences = readKnown(file)
  let written = preferences
  let writing: Promise<void> = Promise.resolve()
  const set = (next: Preferences) => {
    preferences = next
    onChange(next)
  }
  const write = async () => {
    const next = preferences
    await writeWhole(file, `${JSON.stringify(next, null, 2)}\n`)
    written = next
  }
  return {
    get: () => preferences,
    async update(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      set(Preferences.parse({ ...preferences, ...Object.fromEntries(given) }))
      writing = writing.catch(() => {}).then(write)
      try {
        await writing
      } catch (error) {
        const before = Object.fromEntries(Object.entries(written).filter(([key]) => key in change))
        set({ ...preferences, ...before })
        throw error
      }
      return preferences
    },
  }
}

/** Each value that is valid on its own: one bad line does not lose the others. */
function readKnown(file: string): Preferences {
  const raw = readStored(file)
  const known = Object.entries(Preferences.shape).filter(
    ([key, schema]) => schema.safeParse(raw[key]).success,
  )
  return Preferences.parse({
    ...DEFAULT_PREFERENCES,
    ...Object.fromEntries(known.map(([key]) => [key, raw[key]])),
  })
}

/** Written beside and renamed: a crash leaves the old file or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(draft, text, { mode: 0o600 })
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {}) // the first failure counts
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const message = `“${file}” cannot be written (${code}). Make sure that there is room and that it may be changed, then try again.`
    throw new UnavailableError('PREFERENCES_NOT_WRITTEN', message, { cause })
  }
}
