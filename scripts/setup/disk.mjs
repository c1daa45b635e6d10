import { statfs } from 'node:fs/promises'
import { SetupError } from './setup-error.mjs'

/**
 * Throws a SetupError when the disk under `folder` has less than `gigabytes` free.
 * @param {string} folder an existing folder @param {number} gigabytes
 */
export async function requireFreeSpace(folder, gigabytes) {
  const { bavail, bsize } = await statfs(folder)
  const free = (bavail * bsize) / 1e9
  if (free >= gigabytes) return
  throw new SetupError(
    `The set-up needs about ${gigabytes} GB on the disk of ${folder}, and only ${free.toFixed(1)} GB are free. Free some space and run the command again.`,
  )
}
