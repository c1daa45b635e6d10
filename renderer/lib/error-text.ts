import { TRPCClientError } from '@trpc/client'
import { texts } from './texts/texts.ts'

export interface ErrorFacts {
  /** tRPC's code, such as NOT_FOUND; null when the failure is the window's own. */
  code: string | null
  /** Our own code inside the detail, such as VERSION_CONFLICT or LINK_LOST. */
  reason: string | null
  /** Messages at single fields of the input. */
  fields: Readonly<Record<string, readonly string[] | undefined>>
}

const NEXT_STEP: Readonly<Record<string, string>> = {
  NOT_FOUND: texts.errors.mayBeenDeleted,
  SERVICE_UNAVAILABLE: texts.errors.tryAgainInMoment,
  INTERNAL_SERVER_ERROR: texts.errors.tryAgainIfHappens,
  TOO_MANY_REQUESTS: texts.errors.tooMuchAsked,
  TIMEOUT: texts.errors.tookTooLongTryAgain,
}

/** Codes whose own message is written for a person already. */
const OWN_SENTENCE: Readonly<Record<string, string>> = {
  VERSION_CONFLICT: texts.errors.somebodyChangedCardFirst,
}

/** What the server calls things, where the window says another word. */
const SAID: Readonly<Record<string, string>> = {
  Task: texts.errors.card,
  Execution: texts.errors.run,
}

const SPELLED_OUT = /[.!?]["”)]?$/

/** One sentence for a person, with what to do next, for whatever was thrown. */
export function errorText(error: unknown): string {
  const { code, reason } = errorFacts(error)
  const own = reason ? OWN_SENTENCE[reason] : undefined
  if (own) return own
  const said = spoken(error)
  const next = code ? NEXT_STEP[code] : undefined
  // A detail with a code of ours already says what to do.
  if (reason !== null || next === undefined) return finish(said)
  const named = code === 'NOT_FOUND' ? said.replace(/^\w+/, (noun) => SAID[noun] ?? noun) : said
  return `${finish(withoutId(named))} ${next}`
}

/** What kind of failure it is, for those who react to more than its sentence. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof TRPCClientError)) return { code: null, reason: null, fields: {} }
  const data: unknown = error.data
  const detail = property(data, 'detail')
  return {
    code: text(property(data, 'code')),
    reason: text(property(detail, 'error')),
    fields: (property(data, 'fields') ?? {}) as ErrorFacts['fields'],
  }
}

/** Whether the call ended because somebody cancelled it: nothing to tell. */
export function isCancelled(error: unknown): boolean {
  const cause = error instanceof TRPCClientError ? error.cause : error
  return cause instanceof Error && cause.name === 'AbortError'
}

function spoken(error: unknown): string {
  if (error instanceof TRPCClientError) {
    const detail = property(error.data, 'detail')
    return text(detail) ?? text(property(detail, 'message')) ?? error.message
  }
  return error instanceof Error && error.message ? error.message : texts.errors.somethingWentWrong
}

/** "Task 0198…-… not found" says nothing more to a person with the id in it. */
function withoutId(sentence: string): string {
  return sentence.replace(/ [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i, '')
}

function finish(sentence: string): string {
  return SPELLED_OUT.test(sentence) ? sentence : `${sentence}.`
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
