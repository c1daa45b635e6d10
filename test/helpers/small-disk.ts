import { execFile } from 'node:child_process'
import { mkdtemp, open, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of its own, which can be full or read-only without harm to others; only root on Linux may make one. */
export interface SmallDisk extends AsyncDisposable {
  path: string
  /** Takes all the room that is left. */
  fill(): Promise<void>
  /** Gives it back. */
  empty(): Promise<void>
  setWritable(isWritable: boolean): Promise<void>
}

export async function makeSmallDisk(megabytes: number): Promise<SmallDisk> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'rangers-disk-')))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'none', path])
  const ballast = join(path, 'ballast')
  return {
    path,
    async fill() {
      await using file = await open(ballast, 'a')
      // Ever smaller pieces, to the last byte.
      for (let size = 4 * 1024 * 1024; size >= 1; size = Math.floor(size / 8)) {
        const piece = Buffer.alloc(size)
        for (;;) {
          const isWritten = await file.write(piece).then(
            ({ bytesWritten }) => bytesWritten === size,
            () => false,
          )
          if (!isWritten) break
        }
      }
    },
    empty: () => rm(ballast, { force: true }),
    async setWritable(isWritable) {
      await run('mount', ['-o', `remount,${isWritable ? 'rw' : 'ro'}`, path])
    },
    async [Symbol.asyncDispose]() {
      await run('umount', ['--lazy', path])
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Whether this process may make one. */
export async function mayMakeDisks(): Promise<boolean> {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return false
  return makeSmallDisk(1).then(
    async (disk) => {
      await disk[Symbol.asyncDispose]()
      return true
    },
    () => false,
  )
}
