import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { inspect, parseEnv } from 'node:util'
import { z } from 'zod'

/** A value that shows itself only when asked: not in logs, errors or JSON. */
class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [inspect.custom](): string {
    return '[secret]'
  }
}

/** The configuration is wrong; the message has one sentence a line, for all wrong values at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const SWITCH = new Map(
  Object.entries({ true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false }),
)
const DATABASE_SCHEME = /^postgres(?:ql)?(?:\+[a-z0-9]+)?:\/\//i

/** The issue's message is what was expected; it follows "<KEY> is <value>: expected ". */
function whole(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .pipe(z.number(expected).min(least, expected).max(most, expected))
}

function oneOf<const T extends [string, ...string[]]>(...values: T) {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(values, `one of ${values.join(', ')}`))
}

const onOff = z
  .string()
  .refine((text) => SWITCH.has(text.toLowerCase()), 'true or false')
  .transform((text) => SWITCH.get(text.toLowerCase()) === true)

const webAddress = z
  .string()
  .refine(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'an address that starts with http:// or https://',
  )
  .transform((text) => text.replace(/\/+$/, ''))

const databaseUrl = z
  .string()
  .refine(
    (text) => DATABASE_SCHEME.test(text) && URL.canParse(text),
    'postgresql://user:password@host:5432/database',
  )
  .transform((text) => new Secret(text.replace(DATABASE_SCHEME, 'postgresql://')))

const secretText = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'a key without spaces or line breaks')
  .transform((text) => new Secret(text))

const path = z.string()

/** Every key that is read from the environment, with its meaning in .env.example. */
const Environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(20),
  DATABASE_MAX_OVERFLOW: whole(0, 500).default(10),
  DATABASE_ECHO: onOff.default(false),
  DEBUG: onOff.default(false),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error').optional(),
  RANGERS_DATA_DIR: path.optional(),
  WORKSPACE_ROOT: path.optional(),
  RANGERS_SCREENSHOT: path.optional(),
  ANTHROPIC_API_KEY: secretText.optional(),
  ANTHROPIC_BASE_URL: webAddress.optional(),
  RANGERS_DEFAULT_PROVIDER: oneOf('anthropic', 'scripted').optional(),
})
type Environment = z.infer<typeof Environment>

export const CONFIG_KEYS = Object.keys(Environment.shape)
const SECRET_KEYS = new Set(['DATABASE_URL', 'ANTHROPIC_API_KEY'])

/** Paths are absolute. Null means: not set. */
export type Config = ReturnType<typeof toConfig>

/** What the platform decides: handed in by tests. */
export interface ConfigSource {
  env?: Record<string, string | undefined>
  /** Holds `.env` and `.env.api`; relative paths start here. */
  cwd?: string
  platform?: NodeJS.Platform
  home?: string
}

/**
 * Reads the environment, then `.env`, then `.env.api` of `cwd`: the first that has a key decides. Letter case of the
 * keys does not matter, an empty value counts as not set. Throws ConfigError.
 */
export async function loadConfig(source: ConfigSource = {}): Promise<Config> {
  const { env = process.env, cwd = process.cwd(), platform = process.platform, home = homedir() } = source
  const layers = [env, await readEnvFile(join(cwd, '.env')), await readEnvFile(join(cwd, '.env.api'))]
  const values = Object.assign({}, ...layers.map(withUpperCaseKeys).reverse()) as Record<string, string>
  const parsed = Environment.safeParse(values)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => problem(issue, values)))
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = values
  return toConfig(parsed.data, {
    cwd,
    home,
    dataFolder: () => defaultDataFolder(platform, home, xdg, appData),
  })
}

function toConfig(env: Environment, place: { cwd: string; home: string; dataFolder: () => string }) {
  const absolute = (text: string) => resolve(place.cwd, text.replace(/^~(?=$|[\\/])/, place.home))
  const dataFolder = env.RANGERS_DATA_DIR ? absolute(env.RANGERS_DATA_DIR) : place.dataFolder()
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    databaseMaxOverflow: env.DATABASE_MAX_OVERFLOW,
    databaseEcho: env.DATABASE_ECHO,
    debug: env.DEBUG,
    logLevel: env.LOG_LEVEL ?? (env.DEBUG ? 'debug' : 'info'),
    dataFolder,
    workspaceRoot: env.WORKSPACE_ROOT ? absolute(env.WORKSPACE_ROOT) : join(dataFolder, 'workspaces'),
    screenshotFile: env.RANGERS_SCREENSHOT ? absolute(env.RANGERS_SCREENSHOT) : null,
    anthropicApiKey: env.ANTHROPIC_API_KEY ?? null,
    anthropicBaseUrl: env.ANTHROPIC_BASE_URL ?? null,
    /** What the environment asks for; it ranks above the preference. */
    defaultProvider: env.RANGERS_DEFAULT_PROVIDER ?? null,
  }
}

function defaultDataFolder(platform: NodeJS.Platform, home: string, xdg?: string, appData?: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Agent Rangers')
  if (platform === 'win32') return join(appData ?? join(home, 'AppData', 'Roaming'), 'Agent Rangers')
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.config'), 'agent-rangers')
}

async function readEnvFile(file: string): Promise<Record<string, string | undefined>> {
  try {
    return parseEnv(await readFile(file, 'utf8')) as Record<string, string | undefined>
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new ConfigError([`${file} cannot be read: expected a readable text file, or none.`])
  }
}

/** Drops what is empty; where two spellings of a key are set, the one in capitals decides. */
function withUpperCaseKeys(layer: Record<string, string | undefined>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [key, text] of Object.entries(layer)) {
    const value = text?.trim()
    const name = key.toUpperCase()
    if (value && (key === name || !(name in found))) found[name] = value
  }
  return found
}

function problem(issue: { path: PropertyKey[]; message: string }, values: Record<string, string>): string {
  const key = String(issue.path[0])
  const shown = SECRET_KEYS.has(key) ? 'not valid' : JSON.stringify(values[key])
  return `${key} is ${shown}: expected ${issue.message}.`
}

/** Where the pages come from while developing; electron-vite sets it. */
export function devServerUrl(): string | undefined {
  return process.env.ELECTRON_RENDERER_URL
}

/** What a program of ours that runs beside the app needs of the environment: no keys. */
export function companionEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'USERPROFILE', 'TEMP']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}
