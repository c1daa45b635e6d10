import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** Of the app in a folder, as its package.json says. */
export async function readVersion(root: string): Promise<string> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
