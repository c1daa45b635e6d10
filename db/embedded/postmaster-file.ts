import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspectProcess } from './process-table.ts'

/** What a server writes into its data folder while it runs, and leaves there when it is killed. */
export interface PostmasterFile {
  pid: number
  port: number
  /** Where its socket is; empty on Windows, and while the server is still starting. */
  socketFolder: string
}

/** The file's content, or undefined when there is none. */
export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFile | undefined> {
  try {
    const lines = (await readFile(join(dataFolder, 'postmaster.pid'), 'utf8')).split('\n')
    const [pid, , , port, socketFolder] = lines
    return { pid: Math.abs(Number(pid)) || 0, port: Number(port) || 0, socketFolder: socketFolder ?? '' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export function socketOf(file: PostmasterFile): string {
  return join(file.socketFolder, `.s.PGSQL.${file.port}`)
}

/** Whether the process of the file is a server of this folder: its number may belong to somebody else by now. */
export async function isServerOf(dataFolder: string, pid: number): Promise<boolean> {
  const found = pid > 0 ? await inspectProcess(pid) : undefined
  if (found === undefined) return false
  if (process.platform === 'win32') return found.command.startsWith('postgres')
  return `${found.command} `.includes(` -D ${dataFolder} `)
}
