import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Db } from '#db/client.ts'
import { areBytesUsed, holdBytes, listPurgedBytes } from '#db/queries/attachments.ts'
import { inTransaction } from '#db/transaction.ts'
import type { AttachmentId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { writeFileWhole } from '../platform/write-file.ts'

const COPY_DAYS = 7

type StoreContext = Pick<AppContext, 'config' | 'newId' | 'db'>

/** Bytes on the disk that nothing refers to yet; gone with the draft unless they were kept. */
export interface BytesDraft extends AsyncDisposable {
  sha256: string
  /** Puts them in their place, in the transaction that writes who refers to them. May be repeated. */
  keep(tx: Db): Promise<void>
}

/** Where the bytes of an attachment are, if they are on this machine. */
export function bytesPath({ config }: Pick<AppContext, 'config'>, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('no sha256')
  return path.join(folderOf(config), sha256)
}

/** Writes bytes beside their place. The same bytes are kept once, however many attachments have them. */
export async function draftBytes(ctx: StoreContext, bytes: Uint8Array): Promise<BytesDraft> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)) // off this thread
  const sha256 = Buffer.from(hash).toString('hex')
  await mkdir(folderOf(ctx.config), { recursive: true, mode: 0o700 })
  const target = bytesPath(ctx, sha256)
  const draft = `${target}.${ctx.newId()}.draft`
  await writeFileWhole(draft, once(bytes), new AbortController().signal)
  return {
    sha256,
    async keep(tx) {
      await holdBytes(tx, sha256)
      try {
        await rename(draft, target)
      } catch (error) {
        if (!(await isThere(target))) throw error // else kept by an earlier try
      }
    },
    [Symbol.asyncDispose]: () => rm(draft, { force: true }),
  }
}

/** Removes those of these bytes from this machine that no attachment refers to any more. */
export async function removeBytes(ctx: StoreContext, hashes: readonly string[]): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    const file = bytesPath(ctx, sha256)
    if (!(await isThere(file))) continue
    await inTransaction(ctx.db, async (tx) => {
      await holdBytes(tx, sha256)
      if (!(await areBytesUsed(tx, sha256))) await rm(file, { force: true })
    })
  }
}

/** Those that other apps of this database purged, or this one right before a crash. */
export async function removePurgedBytes(ctx: StoreContext): Promise<void> {
  await removeBytes(ctx, await listPurgedBytes(ctx.db))
}

/** The bytes, or null where they are not on this machine. */
export async function readBytes(
  ctx: Pick<AppContext, 'config'>,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  await using file = await open(bytesPath(ctx, sha256), 'r').catch(() => null)
  return file && new Uint8Array(await file.readFile())
}

/** Where a copy with a name of its own is put for the system's programs. */
export function copyFolder({ config }: Pick<AppContext, 'config'>, id: AttachmentId): string {
  return path.join(copiesOf(config), id)
}

/** Copies that nobody has asked for in a week. */
export async function removeOldCopies({ config, now }: Pick<AppContext, 'config' | 'now'>): Promise<void> {
  const oldest = now().getTime() - COPY_DAYS * 24 * 3600_000
  for (const name of await readdir(copiesOf(config)).catch(() => [])) {
    const folder = path.join(copiesOf(config), name)
    const used = await stat(folder).catch(() => null)
    if (used && used.mtimeMs < oldest) await rm(folder, { recursive: true, force: true })
  }
}

export async function isThere(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null))?.isFile() ?? false
}

function copiesOf(config: AppContext['config']): string {
  return path.join(folderOf(config), 'opened')
}

function folderOf({ dataFolder }: AppContext['config']): string {
  return path.join(dataFolder, 'attachments')
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
