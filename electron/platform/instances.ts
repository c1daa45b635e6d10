import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { InstanceId } from '#shared/ids.ts'
import { findProcess } from './process-table.ts'

const Entry = z.object({ pid: z.number().int(), started: z.string() })

/** The running copies of the app and of the terminal command on one data folder, a file each. */
export interface Instances {
  /** Instances whose process is gone; their files stay until `forget`. */
  listDead(): Promise<InstanceId[]>
  /** Those that run, this one among them. */
  listAlive(): Promise<InstanceId[]>
  forget(id: InstanceId): Promise<void>
}

/** Registers this process under an id. A process is known by its pid and its start: pids are used again. */
export async function registerInstance(dataFolder: string, id: InstanceId): Promise<Instances> {
  const folder = path.join(dataFolder, 'instances')
  const fileOf = (instance: InstanceId) => path.join(folder, `${instance}.json`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const started = (await findProcess(process.pid))?.startedAt ?? ''
  await writeFile(fileOf(id), JSON.stringify({ pid: process.pid, started }))
  const list = async (wanted: 'alive' | 'dead') => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    const ids = names.flatMap((name) => InstanceId.safeParse(name.slice(0, -5)).data ?? [])
    const alive = await Promise.all(ids.map((instance) => isAlive(fileOf(instance))))
    return ids.filter((_, index) => alive[index] === (wanted === 'alive'))
  }
  return {
    listDead: () => list('dead'),
    listAlive: () => list('alive'),
    async forget(instance) {
      await rm(path.join(folder, `${instance}.processes`), { force: true })
      await rm(fileOf(instance), { force: true })
    },
  }
}

async function isAlive(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return true // another instance has just forgotten it
  const entry = Entry.safeParse(parse(text))
  if (!entry.success) return true // it is being written right now
  return (await findProcess(entry.data.pid))?.startedAt === entry.data.started
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
