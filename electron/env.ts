import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import {
  algorithm,
  databaseUrl,
  givenSecret,
  host,
  madeSecret,
  oneOf,
  onOff,
  path,
  provider,
  redisUrl,
  webAddress,
  whole,
} from './env-values.ts'
import { isPlaceholder, Secret } from './secret.ts'

/** The configuration is wrong; the message has one sentence a line, for all wrong values at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Every key that is read from the environment, with its meaning in .env.example. */
const Environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(20),
  DATABASE_MAX_OVERFLOW: whole(0, 500).default(10),
  DATABASE_ECHO: onOff.default(false),
  DEBUG: onOff.default(false),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error').optional(),
  LOG_FORMAT: oneOf('json', 'text').default('json'),
  RANGERS_DATA_DIR: path.optional(),
  WORKSPACE_ROOT: path.optional(),
  RANGERS_SCREENSHOT: path.optional(),
  ANTHROPIC_API_KEY: givenSecret.optional(),
  ANTHROPIC_BASE_URL: webAddress.optional(),
  OPENAI_API_KEY: givenSecret.optional(),
  OPENAI_BASE_URL: webAddress.optional(),
  GEMINI_API_KEY: givenSecret.optional(),
  GEMINI_BASE_URL: webAddress.optional(),
  RANGERS_DEFAULT_PROVIDER: provider.optional(),
  RANGERS_PERMISSION_MODE: oneOf('ask', 'edits', 'trusted', 'full').optional(),
  RANGERS_AGENT_SANDBOX: oneOf('auto', 'off').default('auto'),
  // With the beat after it at most 60 seconds: so soon the executions of a dead app are seen as interrupted.
  RANGERS_LEASE_SECONDS: whole(3, 45).default(30),
  SECRET_KEY: madeSecret.optional(),
  JWT_SECRET: madeSecret.optional(),
  JWT_ALGORITHM: algorithm.default('HS256'),
  JWT_EXPIRATION_MINUTES: whole(1, 525_600).default(15),
  API_HOST: host.default('127.0.0.1'),
  API_PORT: whole(1, 65_535).default(8000),
  REDIS_URL: redisUrl.optional(),
  ADO_PAT: givenSecret.optional(),
  JIRA_TOKEN: givenSecret.optional(),
  GITHUB_TOKEN: givenSecret.optional(),
  LINEAR_TOKEN: givenSecret.optional(),
  TEST_DATABASE_URL: databaseUrl.optional(),
})
type Environment = z.infer<typeof Environment>

type Key = keyof Environment

export const CONFIG_KEYS = Object.keys(Environment.shape)
/** Made by whoever runs this; the rest are given out by somebody else. */
const MADE_SECRETS = new Set<string>(['SECRET_KEY', 'JWT_SECRET'] satisfies Key[])
const SECRET_KEYS = new Set<string>([
  ...MADE_SECRETS,
  ...([
    'DATABASE_URL',
    'TEST_DATABASE_URL',
    'REDIS_URL',
    'ANTHROPIC_API_KEY',
    'OPENAI_API_KEY',
    'GEMINI_API_KEY',
    'ADO_PAT',
    'JIRA_TOKEN',
    'GITHUB_TOKEN',
    'LINEAR_TOKEN',
  ] satisfies Key[]),
])
/** Understood, since servers that share a `.env` with this app have them; they have no job on a desktop. */
const UNUSED_KEYS = [
  'LOG_FORMAT',
  'SECRET_KEY',
  'JWT_SECRET',
  'JWT_ALGORITHM',
  'JWT_EXPIRATION_MINUTES',
  'API_HOST',
  'API_PORT',
  'REDIS_URL',
  'ADO_PAT',
  'JIRA_TOKEN',
  'GITHUB_TOKEN',
  'LINEAR_TOKEN',
] satisfies Key[]

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
 * keys does not matter, an empty value counts as not set. Throws ConfigError, also for secrets that were left as a sample
 * has them, except while developing (NODE_ENV=development, or `npm run dev`). What is wrong in a key that has no job here
 * (a JWT_SECRET that some other project left in the shell) is told, and does not stop the start.
 */
export async function loadConfig(source: ConfigSource = {}): Promise<Config> {
  const { env = process.env, cwd = process.cwd(), platform = process.platform, home = homedir() } = source
  const layers = [env, await readEnvFile(join(cwd, '.env')), await readEnvFile(join(cwd, '.env.api'))]
  const values = Object.assign({}, ...layers.map(withUpperCaseKeys).reverse()) as Record<string, string>
  const isDevelopment = values.NODE_ENV === 'development' || values.ELECTRON_RENDERER_URL !== undefined
  const isUnused = (key: string) => UNUSED_KEYS.some((unused) => unused === key)
  const found = findProblems(values, isDevelopment)
  const wrong = found.filter(({ key }) => !isUnused(key))
  if (wrong.length > 0) throw new ConfigError(wrong.map(({ sentence }) => sentence))
  const ignored = found.filter(({ key }) => isUnused(key))
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = values
  return toConfig(Environment.parse(without(values, ignored)), {
    cwd,
    home,
    unusedKeys: UNUSED_KEYS.filter((key) => key in values),
    ignored: ignored.map(({ sentence }) => sentence),
    ignoredSecrets: secretsOf(ignored, values),
    dataFolder: () => defaultDataFolder(platform, home, xdg, appData),
  })
}

interface Problem {
  key: string
  sentence: string
}

/** Values that do not fit, and secrets that were left as a sample has them, in the order of the schema. */
function findProblems(values: Record<string, string>, isDevelopment: boolean): Problem[] {
  const samples = isDevelopment ? [] : samplesLeft(values)
  const issues = Environment.safeParse(values).error?.issues ?? []
  const wrong = issues
    .map((issue) => ({ key: String(issue.path[0]), sentence: problem(issue, values) }))
    .filter(({ key }) => !samples.includes(key))
  return [...wrong, ...samples.map((key) => ({ key, sentence: sampleProblem(key) }))]
}

/** A refused one may be a secret all the same; an address may be an ordinary word, a sample is none. */
function secretsOf(ignored: Problem[], values: Record<string, string>): Secret[] {
  return ignored
    .filter(({ key }) => SECRET_KEYS.has(key) && !key.endsWith('_URL'))
    .map(({ key }) => values[key] ?? '')
    .filter((value) => !isPlaceholder(value))
    .map((value) => new Secret(value))
}

/** As if they had not been set. */
function without(values: Record<string, string>, ignored: Problem[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !ignored.some((one) => one.key === key)))
}

interface Surroundings {
  cwd: string
  home: string
  unusedKeys: string[]
  ignored: string[]
  ignoredSecrets: Secret[]
  dataFolder: () => string
}

function toConfig(env: Environment, place: Surroundings) {
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    databaseMaxOverflow: env.DATABASE_MAX_OVERFLOW,
    databaseEcho: env.DATABASE_ECHO,
    debug: env.DEBUG,
    logLevel: env.LOG_LEVEL ?? (env.DEBUG ? 'debug' : 'info'),
    ...placesOf(env, place),
    ...upstreamsOf(env),
    /** What the environment asks for; it ranks above the preference. */
    defaultProvider: env.RANGERS_DEFAULT_PROVIDER ?? null,
    /** For boards that have chosen none. */
    permissionMode: env.RANGERS_PERMISSION_MODE ?? null,
    /** `off`: commands of agents are not confined, as if the system offered nothing. */
    sandbox: env.RANGERS_AGENT_SANDBOX,
    /** How long executions stay this app's own after its last sign of life. */
    leaseSeconds: env.RANGERS_LEASE_SECONDS,
    jwtAlgorithm: env.JWT_ALGORITHM,
    jwtExpirationMinutes: env.JWT_EXPIRATION_MINUTES,
    apiHost: env.API_HOST,
    apiPort: env.API_PORT,
    /** Set, and without a job on a desktop: names only. */
    unusedKeys: place.unusedKeys,
    /** What is wrong in those, a sentence each: no reason not to start. */
    ignored: place.ignored,
    /** All that must never be written anywhere, used or not. */
    secrets: [...Object.values(env).filter((value) => value instanceof Secret), ...place.ignoredSecrets],
  }
}

/** Where things are kept, as absolute paths; `~` is the home folder. */
function placesOf(env: Environment, place: Surroundings) {
  const absolute = (text: string) => resolve(place.cwd, text.replace(/^~(?=$|[\\/])/, place.home))
  const dataFolder = env.RANGERS_DATA_DIR ? absolute(env.RANGERS_DATA_DIR) : place.dataFolder()
  return {
    dataFolder,
    workspaceRoot: env.WORKSPACE_ROOT ? absolute(env.WORKSPACE_ROOT) : join(dataFolder, 'workspaces'),
    screenshotFile: env.RANGERS_SCREENSHOT ? absolute(env.RANGERS_SCREENSHOT) : null,
  }
}

/** The services of models; those of OpenAI and Gemini are for agents that speak their APIs, through the gateway. */
function upstreamsOf(env: Environment) {
  return {
    anthropicApiKey: env.ANTHROPIC_API_KEY ?? null,
    anthropicBaseUrl: env.ANTHROPIC_BASE_URL ?? null,
    openaiApiKey: env.OPENAI_API_KEY ?? null,
    openaiBaseUrl: env.OPENAI_BASE_URL ?? null,
    geminiApiKey: env.GEMINI_API_KEY ?? null,
    geminiBaseUrl: env.GEMINI_BASE_URL ?? null,
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

function samplesLeft(values: Record<string, string>): string[] {
  return Object.keys(values).filter((key) => SECRET_KEYS.has(key) && isPlaceholder(values[key] ?? ''))
}

function sampleProblem(key: string): string {
  const next = MADE_SECRETS.has(key)
    ? `Make one with: node -e "console.log(require('node:crypto').randomBytes(48).toString('base64url'))"`
    : 'Put the real one there, or remove the line.'
  return `${key} still has the value of a sample, which everybody knows. ${next}`
}

/** Where the pages come from while developing; electron-vite sets it. */
export function devServerUrl(): string | undefined {
  return process.env.ELECTRON_RENDERER_URL
}

/**
 * What a program of ours that runs beside the app needs of the environment: no keys. Within Electron it is run by
 * Electron as plain Node, so that nothing else has to be installed.
 */
export function companionEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'USERPROFILE', 'TEMP']
  const kept = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return { ...Object.fromEntries(kept), ...(process.versions.electron && { ELECTRON_RUN_AS_NODE: '1' }) }
}
