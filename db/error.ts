import { AppError, InvalidInputError, UnavailableError } from '#shared/errors.ts'
import { tlsError } from './tls-error.ts'

/** The code under which PostgreSQL or the operating system reported an error; drizzle wraps it as a cause. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && !(at instanceof AppError)) return at.code
    if (at instanceof AggregateError) return sqlState(at.errors[0])
  }
  return undefined
}

/** The expected error behind an error of the database, or undefined when it is a bug (or no database error). */
export function toAppError(error: unknown): AppError | undefined {
  const own = appErrorIn(error)
  if (own) return own
  const tls = tlsError(error)
  if (tls) return tls
  const state = sqlState(error)
  const options = { cause: error }
  if (isUnreachable(error)) return new UnavailableError('DATABASE_UNAVAILABLE', unreachable, options)
  if (isOvertime(error)) return new UnavailableError('DATABASE_SLOW', overtaxed, options)
  switch (state) {
    case '28000': // invalid_authorization_specification
    case '28P01': // invalid_password
      return new UnavailableError('DATABASE_REFUSED', refused, options)
    case '3D000': // invalid_catalog_name
      return new UnavailableError('DATABASE_MISSING', missing, options)
    case '53100': // disk_full
    case 'ENOSPC':
      return new UnavailableError('DISK_FULL', diskFull, options)
    case '55P03': // lock_not_available: lock_timeout
    case '57014': // query_canceled: statement_timeout
      return new UnavailableError('DATABASE_SLOW', overtaxed, options)
    case '53300': // too_many_connections
      return new UnavailableError('DATABASE_BUSY', tooMany, options)
    case '23505': // unique_violation
      return new InvalidInputError(
        'ALREADY_EXISTS',
        'Something with the same name or key exists already.',
        {},
        options,
      )
    case '23503': // foreign_key_violation
      return new InvalidInputError(
        'UNKNOWN_REFERENCE',
        'What this refers to does not exist any more.',
        {},
        options,
      )
    case '22021': // character_not_in_repertoire: NUL in a text
    case '22P05': // untranslatable_character: NUL in JSON
      return new InvalidInputError('VALUE_REFUSED', unstorable, {}, options)
    case '22P02': // invalid_text_representation
      return isAboutJson(error) ? new InvalidInputError('VALUE_REFUSED', halved, {}, options) : undefined
    case '23514': // check_violation
    case '22001': // string_data_right_truncation
    case '22003': // numeric_value_out_of_range
      return new InvalidInputError(
        'VALUE_REFUSED',
        'The database refused a value that is outside its bounds.',
        {},
        options,
      )
    default:
      return undefined
  }
}

const unreachable =
  'The database does not answer, so nothing was changed. Try again when it is back; if this stays, see the log.'
export const overtaxed =
  'The database took too long, so nothing was changed. Another app may be holding the same cards: try again.'
const refused = 'The database refused the user or the password. Correct DATABASE_URL and start again.'
const missing = 'The database server has no database of that name. Create it, or correct DATABASE_URL.'
const unstorable = 'This text holds a NUL character, which cannot be stored. Remove it and try again.'
const halved = 'This text holds half of a character, which cannot be stored. Write it anew and try again.'
const diskFull = 'The disk of the database is full. Free some space and try again.'
const tooMany =
  'The database server has no free connection. Lower DATABASE_POOL_SIZE, or close other apps that use it.'

const UNREACHABLE_CODES = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** What pg and its pool say without a code. */
const UNREACHABLE_TEXTS = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end on the pool',
]

/** Whether the server, or the way to it, is gone: nothing is wrong with what was asked. */
export function isUnreachable(error: unknown): boolean {
  const own = appErrorIn(error)
  if (own) return isUnavailable(own)
  const state = sqlState(error)
  if (state?.startsWith('08')) return true
  if (state === 'ENOENT' || state === 'EACCES') return isSystemCall(error, 'connect')
  if (state !== undefined) return UNREACHABLE_CODES.has(state)
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at
    if (UNREACHABLE_TEXTS.some((text) => message.startsWith(text))) return true
  }
  return false
}

/** With `query_timeout` in its address a connection waits so long for an answer. */
function isOvertime(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at.message === 'Query read timeout') return true
  return false
}

/** The server says in which of its functions it was, whatever its language. */
function isAboutJson(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('routine' in at) return typeof at.routine === 'string' && at.routine.startsWith('json_')
  return false
}

/** A pool that is closed for a while refuses with one, which drizzle wraps. */
function appErrorIn(error: unknown): AppError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof AppError) return at
  return undefined
}

function isUnavailable({ detail }: AppError): boolean {
  return typeof detail === 'object' && detail.error === 'DATABASE_UNAVAILABLE'
}

/** A missing file is an error of the database only when it was the socket. */
function isSystemCall(error: unknown, name: string): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ('syscall' in at) return at.syscall === name
  return false
}
