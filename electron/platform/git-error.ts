import { InvalidInputError, UnavailableError } from '#shared/errors.ts'

/** Git said no. `stderr` is in English (LC_ALL=C). */
export class GitError extends Error {
  override readonly name = 'GitError'
  readonly exitCode: number | null
  readonly stderr: string

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args[0] ?? ''} ended with ${exitCode ?? 'a signal'}: ${stderr.trim().slice(0, 500)}`)
    this.exitCode = exitCode
    this.stderr = stderr
  }
}

/** For a folder that it cannot make, git gives no reason. */
const NOT_WRITABLE = /Read-only file system|Permission denied|unable to create directory for/i

/** The failures that a person can do something about, as a sentence; all others stay a GitError. */
export function explainGitFailure(error: GitError): Error {
  const { stderr } = error
  if (stderr.includes('detected dubious ownership')) {
    return new InvalidInputError(
      'DUBIOUS_OWNERSHIP',
      'This repository belongs to another user, so git refuses to work in it. If you trust it, run ' +
        '“git config --global --add safe.directory <the folder>” and try again.',
      {},
      { cause: error },
    )
  }
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) {
    return new UnavailableError('DISK_FULL', 'The disk is full. Free some space and try again.', {
      cause: error,
    })
  }
  const refused = stderr.split('\n').find((line) => NOT_WRITABLE.test(line))
  if (refused !== undefined) {
    return new UnavailableError(
      'NOT_WRITABLE',
      `Git may not write here: ${refused.trim()}. See whether the disk is read-only, and who may change the folder; then try again.`,
      { cause: error },
    )
  }
  return error
}
