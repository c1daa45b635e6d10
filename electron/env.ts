import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { Environment, UNUSED_KEYS } from './env-keys.ts'
import { findProblems, secretsOf, without } from './env-problems.ts'
import { Secret } from './secret.ts'

/** The configuration is wrong; the message has one sentence a line, for all wrong values at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

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
