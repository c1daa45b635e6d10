/** The codes of expected errors; each becomes one tRPC code and one sentence in the window. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'PRECONDITION_FAILED'
  | 'SERVICE_UNAVAILABLE'
  | 'FORBIDDEN'
  | 'UNAUTHORIZED'

/** Travels to the window as `data.detail` (seed 1, section 8.2: `detail` is a string or an object). */
export type ErrorDetail = string | { error: string; message: string; [key: string]: unknown }

/** An expected error: it says what is wrong and what to do. Everything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name: string = 'AppError'
  readonly code: ErrorCode
  readonly detail: ErrorDetail
  constructor(code: ErrorCode, detail: ErrorDetail, options?: ErrorOptions) {
    super(typeof detail === 'string' ? detail : detail.message, options)
    this.code = code
    this.detail = detail
  }
}

/** Seed 1: "Board {id} not found". */
export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError'
  constructor(noun: string, id: string) {
    super('NOT_FOUND', `${noun} ${id} not found`)
  }
}

/** Seed 1, section 5.4: the answer to a move with a stale version. */
export class VersionConflictError extends AppError {
  override readonly name = 'VersionConflictError'
  constructor(serverVersion: number, clientVersion: number) {
    super('CONFLICT', {
      error: 'VERSION_CONFLICT',
      message: 'Task was modified by another user',
      server_version: serverVersion,
      client_version: clientVersion,
    })
  }
}

/** The same for a change of several cards, with all of those that others changed; of a single one as for a move. */
export class VersionConflictsError extends AppError {
  override readonly name = 'VersionConflictsError'
  constructor(conflicts: { id: string; server_version: number; client_version: number }[]) {
    const [only] = conflicts.length === 1 ? conflicts : []
    super('CONFLICT', {
      error: 'VERSION_CONFLICT',
      message: only
        ? 'Task was modified by another user'
        : `${conflicts.length} tasks were modified by another user`,
      conflicts,
      ...(only ? { server_version: only.server_version, client_version: only.client_version } : {}),
    })
  }
}

/** What was asked does not fit the present state. `error` is a code such as INVALID_STATE, `message` the sentence. */
export class RefusedError extends AppError {
  override readonly name = 'RefusedError'
  constructor(error: string, message: string, more: Record<string, unknown> = {}, options?: ErrorOptions) {
    super('PRECONDITION_FAILED', { error, message, ...more }, options)
  }
}

/** Input that is well formed but wrong: a path that is no folder, a name already taken. */
export class InvalidInputError extends AppError {
  override readonly name = 'InvalidInputError'
  constructor(error: string, message: string, more: Record<string, unknown> = {}, options?: ErrorOptions) {
    super('BAD_REQUEST', { error, message, ...more }, options)
  }
}

/** Something outside (database, git, an agent) does not answer; `message` says what to do. */
export class UnavailableError extends AppError {
  override readonly name = 'UnavailableError'
  constructor(error: string, message: string, options?: ErrorOptions) {
    super('SERVICE_UNAVAILABLE', { error, message }, options)
  }
}

/** The next model call is not paid for any more; `message` says which limit it is and how to go on. */
export class BudgetError extends AppError {
  override readonly name = 'BudgetError'
  constructor(message: string, more: { scope: string; limit_usd: number; spent_usd: number }) {
    super('PRECONDITION_FAILED', { error: 'BUDGET_USED_UP', message, ...more })
  }
}
