import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ProjectId } from '#shared/ids.ts'

/**
 * Where folders of projects are on this computer, when that is not where the database says: with a shared server it says
 * where they are on the computer that has opened them first. Several apps on one data folder see the same.
 */
export interface ProjectPlaces {
  /** Null: nobody has said, so it is where the database says. */
  find(id: ProjectId): Promise<string | null>
  set(id: ProjectId, folder: string): Promise<void>
  /** The project that somebody has said is in this folder. */
  whose(folder: string): Promise<ProjectId | null>
}

const Places = z.record(z.string(), z.string())

/** Kept in `<folder>/places.json`; one that cannot be read counts as empty. */
export function openProjectPlaces(folder: string): ProjectPlaces {
  const file = path.join(folder, 'places.json')
  let writing: Promise<void> = Promise.resolve()
  const write = async (id: ProjectId, place: string) => {
    const text = `${JSON.stringify({ ...(await readPlaces(file)), [id]: place }, null, 2)}\n`
    await mkdir(folder, { recursive: true })
    const draft = `${file}.${process.pid}.tmp`
    await writeFile(draft, text, { mode: 0o600 })
    await rename(draft, file)
  }
  return {
    find: async (id) => (await readPlaces(file))[id] ?? null,
    async set(id, place) {
      writing = writing.catch(() => {}).then(() => write(id, place))
      await writing
    },
    async whose(place) {
      const [found] = Object.entries(await readPlaces(file)).find(([, folder]) => folder === place) ?? []
      return ProjectId.safeParse(found).data ?? null
    },
  }
}

async function readPlaces(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  try {
    return Places.parse(JSON.parse(text))
  } catch {
    return {}
  }
}
