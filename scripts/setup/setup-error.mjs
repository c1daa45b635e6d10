import { StoppedError } from './child.mjs'

/** The set-up cannot go on. The message is one sentence for the person: what is wrong and what to do. */
export class SetupError extends Error {
  name = 'SetupError'

  /** @param {string} message @param {{ cause?: unknown, detail?: string }} [options] detail: output of the failed program */
  constructor(message, options = {}) {
    super(message, { cause: options.cause })
    this.detail = options.detail
  }
}

/**
 * Prints an error of the set-up: a sentence when it is one, the stack when it is a bug, nothing when a person ended it.
 * Sets the exit code.
 */
export function reportSetupError(error, stream = process.stderr) {
  if (error instanceof StoppedError) {
    process.exitCode = error.exitCode
    return
  }
  process.exitCode = 1
  if (!(error instanceof SetupError)) stream.write(`${error?.stack ?? error}\n`)
  else stream.write(`${error.detail ? `${error.detail.trimEnd()}\n\n` : ''}${error.message}\n`)
}

/**
 * A SetupError for a system error that has a plain reason (full disk, no permission, read-only folder), else the error itself.
 * @param {unknown} error @param {string} where what was being written
 */
export function explainSystemError(error, where) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SetupError(
      `The disk is full: nothing could be written to ${where}. Free some space and run the command again.`,
      { cause: error },
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new SetupError(
      `${where} cannot be written to. Give your user write access to it and run the command again.`,
      { cause: error },
    )
  return error
}
