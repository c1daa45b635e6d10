import { randomUUID } from 'node:crypto'
import { appendFile, copyFile, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { passwordOf } from '#electron/secret.ts'

/**
 * Where `npm test` gathers the logs of all apps that tests open, and the secrets that tests gave them; its last stage,
 * `logs`, finds none of these in those. Absent when a test is run by itself.
 */
const folder = process.env.RANGERS_TEST_LOGS

const SECRET_NAME = /(?:KEY|TOKEN|PAT|SECRET|PASSWORD|URL)$/

/** Remembers a text that no log may hold, and returns it. */
export async function plantSecret(text: string): Promise<string> {
  if (folder) {
    await mkdir(folder, { recursive: true })
    await appendFile(path.join(folder, 'secrets.jsonl'), `${JSON.stringify(text)}\n`)
  }
  return text
}

/** Remembers the secrets among the variables that an app is started with: keys, tokens, passwords within addresses. */
export async function plantEnvironment(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [name, value] of Object.entries(env)) {
    if (!value || !SECRET_NAME.test(name)) continue
    const secret = name.endsWith('URL') ? passwordOf(value) : value
    if (secret) await plantSecret(secret)
  }
}

/** Keeps the logs that are anywhere in a folder which is about to be removed. */
export async function keepLogs(place: string): Promise<void> {
  if (!folder) return
  // With types it does not go where links lead: out of the folder, perhaps through the whole disk.
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile() || !/\.log(?:\.\d+)?$/.test(entry.name)) continue
    await mkdir(folder, { recursive: true })
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(place, file).replaceAll(path.sep, '-')
    const kept = `${path.basename(place)}-${name}-${randomUUID().slice(0, 8)}.log`
    await copyFile(file, path.join(folder, kept)).catch(ignoreMissing)
  }
}

/** A server that ends may take its file along. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
