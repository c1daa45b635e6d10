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

/** Every key that is read from the environment, with its meaning in .env.example. */
export const Environment = z.object({
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
export type Environment = z.infer<typeof Environment>

type Key = keyof Environment

export const CONFIG_KEYS = Object.keys(Environment.shape)
/** Made by whoever runs this; the rest are given out by somebody else. */
export const MADE_SECRETS = new Set<string>(['SECRET_KEY', 'JWT_SECRET'] satisfies Key[])
export const SECRET_KEYS = new Set<string>([
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
export const UNUSED_KEYS = [
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
