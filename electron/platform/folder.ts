import { accessSync, constants, mkdirSync } from 'node:fs'
import { UnavailableError } from '#shared/errors.ts'

/**
 * Makes the data folder if it is missing, readable for its owner only. Throws UnavailableError when that cannot be. At once:
 * a start has no window yet that could wait for it.
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const isTaken =
      cause instanceof Error && 'code' in cause && ['EEXIST', 'ENOTDIR'].includes(String(cause.code))
    if (isTaken) {
      const message = `${folder} is to be the data folder, but it, or what it lies in, is a file. Move the file away, or set RANGERS_DATA_DIR to another folder.`
      throw new UnavailableError('DATA_FOLDER_UNWRITABLE', message, { cause })
    }
    const message = `The data folder ${folder} cannot be written. Give yourself the right to, or set RANGERS_DATA_DIR to another folder.`
    throw new UnavailableError('DATA_FOLDER_UNWRITABLE', message, { cause })
  }
}
