import { z } from 'zod'
import { ProviderId } from '#shared/provider.ts'
import { Secret } from './secret.ts'

/** The kinds of values in .env. An issue's message is what was expected; it follows "<KEY> is <value>: expected ". */

const SWITCH = new Map(
  Object.entries({ true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false }),
)
const DATABASE_SCHEME = /^postgres(?:ql)?(?:\+[a-z0-9]+)?:\/\//i
const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

export function whole(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .pipe(z.number(expected).min(least, expected).max(most, expected))
}

export function oneOf<const T extends [string, ...string[]]>(...values: T) {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(values, `one of ${values.join(', ')}`))
}

export const provider = z
  .string()
  .toLowerCase()
  .pipe(
    z.custom<ProviderId>(
      (id) => ProviderId.safeParse(id).success,
      'anthropic, claude-agent, scripted, or an agent such as acp:opencode',
    ),
  )

export const onOff = z
  .string()
  .refine((text) => SWITCH.has(text.toLowerCase()), 'true or false')
  .transform((text) => SWITCH.get(text.toLowerCase()) === true)

export const webAddress = z
  .string()
  .refine(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'an address that starts with http:// or https://',
  )
  .transform((text) => text.replace(/\/+$/, ''))

/** Whatever the driver's name in it (`postgresql+asyncpg://`), and asyncpg's `ssl=` for `sslmode=`. */
export const databaseUrl = z
  .string()
  .refine(
    (text) => DATABASE_SCHEME.test(text) && URL.canParse(text),
    'postgresql://user:password@host:5432/database',
  )
  .transform((text) => new Secret(plainTls(text.replace(DATABASE_SCHEME, 'postgresql://'))))

export const redisUrl = z
  .string()
  .refine((text) => /^rediss?:\/\//i.test(text) && URL.canParse(text), 'redis://host:6379/0')
  .transform((text) => new Secret(text))

/** A key that somebody else has given out. */
export const givenSecret = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'a key without spaces or line breaks')
  .transform((text) => new Secret(text))

/** A secret that whoever runs this makes up. */
export const madeSecret = z
  .string()
  .regex(/^[\x21-\x7e]{32,}$/, 'a random text of 32 characters or more')
  .transform((text) => new Secret(text))

export const algorithm = z
  .string()
  .toUpperCase()
  .pipe(z.enum(['HS256', 'HS384', 'HS512'], 'one of HS256, HS384, HS512'))

export const host = z.string().regex(/^[a-z0-9.:_-]+$/i, 'the name or address of a network interface')

export const path = z.string()

function plainTls(url: string): string {
  return url.replace(/([?&])ssl=([a-z-]+)/i, (all, mark: string, mode: string) =>
    TLS_MODES.includes(mode) ? `${mark}sslmode=${mode}` : all,
  )
}
