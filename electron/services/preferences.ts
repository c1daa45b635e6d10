import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DEFAULT_PREFERENCES, Preferences, type UpdatePreferences } from '#shared/preferences.ts'

/** What this installation remembers; read once, kept in memory, written whole. */
export interface PreferenceStore {
  get(): Preferences
  update(change: UpdatePreferences): Promise<Preferences>
}

/** Opens `<folder>/preferences.json`. What is missing or unreadable in it has its default. */
export async function openPreferences(
  folder: string,
  onChange: (preferences: Preferences) => void = () => {},
): Promise<PreferenceStore> {
  const file = path.join(folder, 'preferences.json')
  let preferences = await readPreferences(folder)
  let writing: Promise<void> = Promise.resolve()
  return {
    get: () => preferences,
    async update(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      preferences = Preferences.parse({ ...preferences, ...given })
      onChange(preferences)
      const text = `${JSON.stringify(preferences, null, 2)}\n`
      writing = writing.catch(() => {}).then(() => writeWhole(file, text))
      await writing
      return preferences
    },
  }
}

/** The stored preferences; read by the main process before anything else is open, for the window's first colours. */
export async function readPreferences(folder: string): Promise<Preferences> {
  const known = await readKnown(path.join(folder, 'preferences.json'))
  return Preferences.parse({ ...DEFAULT_PREFERENCES, ...known })
}

/** Each value that is valid on its own: one bad line does not lose the others. */
async function readKnown(file: string): Promise<object> {
  const raw = parseObject(await readFile(file, 'utf8').catch(() => '{}'))
  const known = Object.entries(Preferences.shape).filter(
    ([key, schema]) => schema.safeParse(raw[key]).success,
  )
  return Object.fromEntries(known.map(([key]) => [key, raw[key]]))
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Written beside and renamed: a crash leaves the old file or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, file)
}
