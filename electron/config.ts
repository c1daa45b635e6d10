import { ConfigError } from './config-error.ts'
import { type EnvSource, readLayers } from './env.ts'
import { Environment, UNUSED_KEYS } from './env-keys.ts'
import { type PlaceSource, type Places, placesOf } from './env-places.ts'
import { findProblems, secretsOf, without } from './env-problems.ts'
import { Secret } from './secret.ts'

/** Paths are absolute. Null means: not set. */
export type Config = ReturnType<typeof toConfig>

/**
 * Reads the environment, then `.env`, then `.env.api` of `cwd` (see `readLayers`). Throws ConfigError, also for secrets that
 * were left as a sample has them, except while developing (NODE_ENV=development, or `npm run dev`). What is wrong in a key
 * that has no job here (a JWT_SECRET that some other project left in the shell) is told, and does not stop the start.
 */
export function loadConfig(source: EnvSource & PlaceSource = {}): Config {
  const values = readLayers(source)
  const isDevelopment = values.NODE_ENV === 'development' || values.ELECTRON_RENDERER_URL !== undefined
  const isUnused = (key: string) => UNUSED_KEYS.some((unused) => unused === key)
  const found = findProblems(values, isDevelopment)
  const wrong = found.filter(({ key }) => !isUnused(key))
  if (wrong.length > 0) throw new ConfigError(wrong.map(({ sentence }) => sentence))
  const ignored = found.filter(({ key }) => isUnused(key))
  return toConfig(Environment.parse(without(values, ignored)), {
    places: placesOf(values, source),
    unusedKeys: UNUSED_KEYS.filter((key) => key in values),
    ignored: ignored.map(({ sentence }) => sentence),
    ignoredSecrets: secretsOf(ignored, values),
  })
}

interface Surroundings {
  places: Places
  unusedKeys: string[]
  ignored: string[]
  ignoredSecrets: Secret[]
}

function toConfig(env: Environment, place: Surroundings) {
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    databaseMaxOverflow: env.DATABASE_MAX_OVERFLOW,
    databaseEcho: env.DATABASE_ECHO,
    debug: env.DEBUG,
    logLevel: env.LOG_LEVEL ?? (env.DEBUG ? 'debug' : 'info'),
    ...place.places,
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
