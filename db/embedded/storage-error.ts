import { AppError, UnavailableError } from '#shared/errors.ts'

/** The sentence for what went wrong with a folder: the error of a system call, or what a program said. */
export function toStorageError(folder: string, cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause
  const { code = '', syscall = '' } = cause as NodeJS.ErrnoException
  if (/^(connect|spawn)/.test(syscall)) return cause
  if (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded/.test(cause.message)
  ) {
    return new UnavailableError(
      'DISK_FULL',
      `There is no space left for the database in ${folder}. Free about 100 MB there, or set RANGERS_DATA_DIR to a folder on another disk.`,
      { cause },
    )
  }
  const isDenied = /Permission denied|Read-only file system|Operation not permitted/.test(cause.message)
  if (isDenied || ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code)) {
    return new UnavailableError(
      'DATA_FOLDER_UNWRITABLE',
      `The data folder ${folder} cannot be written. Make it writable for this user, or set RANGERS_DATA_DIR to another folder.`,
      { cause },
    )
  }
  return cause
}
