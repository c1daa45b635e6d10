import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { LAST_SCREEN_FILE } from '#shared/last-screen.ts'
import type { EnvValues } from './env.ts'

/**
 * What the window showed when the app was quit, kept in the data folder so that the next start draws it before the
 * database answers (ADR 35). It holds what the board shows, and no more than its reader could see: mode 0600.
 */
export class LastScreenFile {
  readonly #file: string
  readonly #mark: string

  /** `mark` tells what it belongs to, by `lastScreenMark`. */
  constructor(folder: string, mark: string) {
    this.#file = path.join(folder, LAST_SCREEN_FILE)
    this.#mark = mark
  }

  /** What was kept; null where nothing was, or by another build or for another database. At once, as `readStored`. */
  read(): Buffer | null {
    try {
      const kept = readFileSync(this.#file)
      const end = kept.indexOf('\n')
      return kept.toString('latin1', 0, end) === this.#mark ? kept.subarray(end + 1) : null
    } catch {
      return null
    }
  }

  /** Never rejects: without it the next start waits for its first answers, as a first one does. */
  async keep(text: string): Promise<void> {
    const draft = `${this.#file}.${process.pid}.tmp`
    try {
      await writeFile(draft, `${this.#mark}\n${text}`, { mode: 0o600 })
      await rename(draft, this.#file)
    } catch {
      await rm(draft, { force: true }).catch(() => {})
    }
  }

  /** What happens from now on is not in it. */
  async forget(): Promise<void> {
    await rm(this.#file, { force: true }).catch(() => {})
  }
}

/**
 * A digest of what answers depend on: the build of app and page, and whose database it is. The password is not part of it:
 * whoever finds the digest could try passwords on it.
 */
export function lastScreenMark(
  version: string,
  pages: string,
  { DATABASE_URL: url = '' }: EnvValues,
): string {
  const page = readFileSync(path.join(pages, 'index.html'))
  return createHash('sha256')
    .update(`${version}\n${withoutPassword(url)}\n`)
    .update(page)
    .digest('hex')
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url && 'not an address'
  const address = new URL(url)
  address.password = ''
  address.searchParams.delete('password')
  return address.href
}
