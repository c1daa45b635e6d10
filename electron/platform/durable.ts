import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a small file whole or not at all, so that it is there after the power has failed too. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.tmp`
  {
    await using file = await open(draft, 'w')
    await file.writeFile(text)
    await file.sync()
  }
  await rename(draft, path)
  await settleFolder(dirname(path))
}

/** Has the disk hold what a file holds. */
export async function settleFile(path: string): Promise<void> {
  // Windows wants the right to write for it, which nobody has to a read-only file.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r').catch(() => null)
  await file?.sync()
  await file?.close()
}

/** Has the disk hold which names are in a folder, where the system can. */
export async function settleFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null) // Windows opens no folders
  await folder?.sync().catch(() => {}) // nor do some network drives
  await folder?.close()
}
