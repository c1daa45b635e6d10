import { lstat, open, realpath, rename, rm } from 'node:fs/promises'
import { RefusedError } from '#shared/errors.ts'

/**
 * Writes a file whole or not at all: beside its place first, then over what was there. Throws RefusedError with the
 * reason; what was there is untouched then.
 */
export async function writeFileWhole(
  path: string,
  parts: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const target = await placeOf(path)
  const draft = `${target}.${process.pid}.part`
  try {
    await writeDraft(draft, parts, signal)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}) // the reason of the first failure counts
    throw isSystemError(error) ? refusal(path, error) : error
  }
}

async function writeDraft(
  draft: string,
  parts: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  await using file = await open(draft, 'w')
  for await (const part of parts) {
    signal.throwIfAborted()
    await file.writeFile(part)
  }
  await file.sync()
}

/** Through links; never in place of a folder or a device. */
async function placeOf(path: string): Promise<string> {
  const status = await lstat(path).catch(() => null)
  if (status === null || status.isFile()) return path
  if (status.isSymbolicLink()) {
    const real = await realpath(path).catch(() => null)
    return real === null ? path : placeOf(real)
  }
  throw new RefusedError('FILE_NOT_WRITTEN', `“${path}” is no file. Choose another name.`)
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

function refusal(path: string, cause: NodeJS.ErrnoException): RefusedError {
  const reason: Record<string, string> = {
    ENOENT: 'Its folder is not there. Choose another one.',
    ENOTDIR: 'Its folder is not there. Choose another one.',
    EACCES: 'You may not write there. Choose another folder.',
    EPERM: 'You may not write there. Choose another folder.',
    EROFS: 'The disk is read-only. Choose another folder.',
    ENOSPC: 'The disk is full. Make room, then try again.',
    ENAMETOOLONG: 'Its name is too long. Choose a shorter one.',
  }
  const why = reason[cause.code ?? ''] ?? `The system said ${cause.code ?? cause.message}.`
  return new RefusedError('FILE_NOT_WRITTEN', `“${path}” was not written. ${why}`, {}, { cause })
}
