import { passwordOf } from './secret.ts'

const CENSORED = '[redacted]'
/** A shorter one is a word of ordinary lines; the shapes below find it where it stands as a secret. */
const SHORTEST = 8
const DEEPEST = 8

/** Names of fields whose value is a secret, in lower case and without `-` and `_`. */
const SECRET_FIELD =
  /^(?:key|pat|adopat|cookie|setcookie|connectionstring|jwt)$|(?:apikey|authorization|password|passwd|passphrase|secret|secretkey|privatekey|token|databaseurl|redisurl|credential|credentials)$/

/** What secrets look like that nobody has told us of. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/[^\s:/?#@"]*:)[^\s"]+@/g, `$1${CENSORED}@`], // the password in an address
  [/([?&](?:ssl)?(?:password|token|api_?key|secret)=)[^&\s"\\]+/gi, `$1${CENSORED}`],
  [/\b(Bearer|Basic) +[\w.~+/=-]{8,}/g, `$1 ${CENSORED}`],
  [/\b(?:sk-ant-|gh[oprsu]_|github_pat_|lin_api_)[\w-]{6,}/g, CENSORED],
  [/\b(?:sk-[\w-]{20,}|AIza[\w-]{30,})/g, CENSORED], // of OpenAI and Google
  [
    /((?:x-api-key|api[-_]?key|password|secret)(?:\\?["'])? ?[:=] ?(?:\\?["'])?)(?!null\b|true\b|false\b)[^\s"'\\,;{}[\]]+/gi,
    `$1${CENSORED}`,
  ],
]

/** Keeps secrets out of lines of JSON: those it was told of wherever they stand, others by name or shape. */
export class LogRedaction {
  readonly #hidden = new Set<string>()

  /** From now on this text, and a password within it, never shows, in whatever spelling JSON and addresses give it. */
  hide(secret: string): void {
    const password = passwordOf(secret)
    for (const text of password === null ? [secret] : [secret, password]) {
      if (text.length < SHORTEST) continue
      for (const spelling of [text, encodeURIComponent(text)]) {
        // A line of JSON may hold JSON (what a model was sent, say), which may hold JSON.
        for (let all = spelling, depth = 0; depth <= 3; all = JSON.stringify(all).slice(1, -1), depth += 1)
          this.#hidden.add(all)
      }
    }
  }

  line(text: string): string {
    let clean = text
    for (const secret of this.#hidden) clean = clean.replaceAll(secret, CENSORED)
    for (const [shape, replacement] of SHAPES) clean = clean.replace(shape, replacement)
    return clean
  }
}

/** The fields of a line, errors as plain values, without what stands under the name of a secret. */
export function cleanFields(fields: object): Record<string, unknown> {
  return cleanObject(fields, 0)
}

function cleanObject(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      isSecretField(key, one) ? CENSORED : cleanValue(one, depth + 1),
    ]),
  )
}

function isSecretField(key: string, value: unknown): boolean {
  return value !== null && value !== undefined && SECRET_FIELD.test(key.replace(/[-_]/g, '').toLowerCase())
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return '[…]'
  if (value instanceof Error) return describeError(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if ('toJSON' in value) return value // a date, a secret
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, depth + 1))
  return cleanObject(value, depth)
}

/** Fields of errors that say what happened and hold nothing of anybody's. */
const ERROR_FIELDS = ['code', 'status', 'syscall', 'constraint', 'table', 'requestID']

/** An error carries whatever its maker hung on it (settings, headers, the values of a statement): only this is told. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const known = Object.entries(error).filter(([key]) => ERROR_FIELDS.includes(key))
  const message = tellable(error)
  return {
    type: error.name,
    message,
    ...Object.fromEntries(known.filter(([, value]) => typeof value !== 'object')),
    stack: stackWith(error, message),
    ...(error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: cleanValue(error.errors, depth + 1) } : {}),
  }
}

/** What an error says, without what people wrote: that is in the statements that fail. */
function tellable(error: Error): string {
  if (
    'query' in error &&
    typeof error.query === 'string' &&
    'params' in error &&
    Array.isArray(error.params)
  ) {
    return `Failed query: ${error.query} (${error.params.length} parameters)` // drizzle adds their values
  }
  if ('severity' in error && 'code' in error && /^2[23]/.test(String(error.code))) {
    return error.message.replace(/"[\s\S]*"/, '"…"') // such as: invalid input syntax for type uuid: "…"
  }
  return error.message.replace(/\nparams: [\s\S]*$/, '\nparams: [left out]')
}

/** The stack begins with the message as it was. */
function stackWith({ stack = '', message }: Error, told: string): string {
  if (message === '' || message === told) return stack
  const at = stack.indexOf(message)
  return at < 0 ? told : stack.slice(0, at) + told + stack.slice(at + message.length)
}
