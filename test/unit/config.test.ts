import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inspect, parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '#electron/config.ts'
import { ConfigError } from '#electron/config-error.ts'
import { CONFIG_KEYS } from '#electron/env-keys.ts'

let cwd: string
const linux = { platform: 'linux', home: '/home/ada' } as const
const read = (env: Record<string, string>) => loadConfig({ ...linux, cwd, env })

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'rangers-env-'))
})
afterAll(() => rm(cwd, { recursive: true }))

test('with nothing set, everything has its default', () => {
  expect(read({})).toEqual({
    databaseUrl: null,
    databasePoolSize: 20,
    databaseMaxOverflow: 10,
    databaseEcho: false,
    debug: false,
    logLevel: 'info',
    dataFolder: '/home/ada/.config/agent-rangers',
    workspaceRoot: '/home/ada/.config/agent-rangers/workspaces',
    permissionMode: null,
    sandbox: 'auto',
    leaseSeconds: 30,
    screenshotFile: null,
    anthropicApiKey: null,
    anthropicBaseUrl: null,
    openaiApiKey: null,
    openaiBaseUrl: null,
    geminiApiKey: null,
    geminiBaseUrl: null,
    defaultProvider: null,
    jwtAlgorithm: 'HS256',
    jwtExpirationMinutes: 15,
    apiHost: '127.0.0.1',
    apiPort: 8000,
    unusedKeys: [],
    ignored: [],
    secrets: [],
  })
})

test('.env.example has exactly the keys of the schema, each under a comment', async () => {
  const text = await readFile(resolve('.env.example'), 'utf8')
  expect(Object.keys(parseEnv(text)).sort()).toEqual([...CONFIG_KEYS].sort())
  const lines = text.split('\n')
  const bare = lines.filter((line, index) => /^[A-Z]/.test(line) && !lines[index - 1]?.startsWith('# '))
  expect(bare).toEqual([])
})

test('.env.example as it stands is a valid configuration', async () => {
  const env = parseEnv(await readFile(resolve('.env.example'), 'utf8')) as Record<string, string>
  const unusedKeys = ['LOG_FORMAT', 'JWT_ALGORITHM', 'JWT_EXPIRATION_MINUTES', 'API_HOST', 'API_PORT']
  expect(read(env)).toEqual({ ...read({}), unusedKeys })
})

describe('DATABASE_URL', () => {
  test.each([
    'postgres://u:p@h:5432/d',
    'postgresql://u:p@h:5432/d',
    'postgresql+asyncpg://u:p@h:5432/d',
    'postgresql+psycopg2://u:p@h:5432/d',
  ])('%s is understood', (url) => {
    const { databaseUrl } = read({ DATABASE_URL: url })
    expect(databaseUrl?.reveal()).toBe('postgresql://u:p@h:5432/d')
  })

  test('the name that asyncpg gives the mode of TLS is understood', async () => {
    const { databaseUrl } = read({ DATABASE_URL: 'postgresql+asyncpg://u:p@h/d?a=b&ssl=verify-full' })
    expect(databaseUrl?.reveal()).toBe('postgresql://u:p@h/d?a=b&sslmode=verify-full')
  })
})

test('keys of a server are accepted, and named as unused; their secrets are kept out of sight', () => {
  const config = read({
    REDIS_URL: 'redis://:hunter2@redis:6379/0',
    JWT_SECRET: 'q8Zb'.repeat(10),
    jwt_algorithm: 'hs512',
    ADO_PAT: 'pat-hunter2',
    TEST_DATABASE_URL: 'postgresql://u:hunter2@h/d',
  })
  expect(config.unusedKeys).toEqual(['JWT_SECRET', 'JWT_ALGORITHM', 'REDIS_URL', 'ADO_PAT'])
  expect(config.jwtAlgorithm).toBe('HS512')
  expect(config.secrets).toHaveLength(4)
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toMatch(/hunter2|q8Zb/)
})

test('what is wrong in an unused key is said, counts as not set, and does not stop the start', () => {
  const env = {
    REDIS_URL: 'localhost',
    JWT_SECRET: 'short-hunter2',
    API_PORT: '70000',
    JWT_ALGORITHM: 'none',
  }
  const config = read(env)
  expect(config.ignored).toEqual([
    'JWT_SECRET is not valid: expected a random text of 32 characters or more.',
    'JWT_ALGORITHM is "none": expected one of HS256, HS384, HS512.',
    'API_PORT is "70000": expected a whole number from 1 to 65535.',
    'REDIS_URL is not valid: expected redis://host:6379/0.',
  ])
  expect([config.apiPort, config.jwtAlgorithm]).toEqual([8000, 'HS256'])
  expect(config.secrets.map((secret) => secret.reveal())).toEqual(['short-hunter2'])
})

describe('a secret that was left as in a sample', () => {
  const MAKE = /^\w+ still has the value of a sample.* Make one with: node -e ".*randomBytes/
  const GET = /^\w+ still has the value of a sample.* Put the real one there/
  test.each([
    ['ANTHROPIC_API_KEY', 'your-api-key', GET],
    ['ANTHROPIC_API_KEY', 'sk-ant-your-key-here', GET],
    ['DATABASE_URL', 'postgresql://user:change-me@h/d', GET],
    ['DATABASE_URL', 'postgresql://user:your_password@h/d', GET],
  ])('%s=%s is refused, with what to do', (key, value, sentence) => {
    const refusal = { name: 'ConfigError', problems: [expect.stringMatching(sentence)] }
    expect(() => read({ [key]: value })).toThrow(expect.objectContaining(refusal))
  })

  test.each([
    ['JWT_SECRET', 'change-me', MAKE],
    ['JWT_SECRET', 'your-super-secret-key-change-in-production', MAKE],
    ['SECRET_KEY', 'CHANGEME', MAKE],
    ['SECRET_KEY', 'change_this_to_a_random_secret_key_in_production', MAKE],
    ['ADO_PAT', '<token>', GET],
  ])('%s=%s, which nothing uses, is told only', (key, value, sentence) => {
    expect(read({ [key]: value }).ignored).toEqual([expect.stringMatching(sentence)])
  })

  test.each([{ NODE_ENV: 'development' }, { ELECTRON_RENDERER_URL: 'http://localhost:5173' }])(
    'is let through while developing: %o',
    async (env) => {
      const { databaseUrl } = read({ ...env, DATABASE_URL: 'postgresql://user:change-me@h/d' })
      expect(databaseUrl?.reveal()).toContain('change-me')
    },
  )

  test.each(['postgresql://rangers:rangers@localhost:5432/agent_rangers', 'postgresql://user:pass@h/d'])(
    '%s is an ordinary password of a server at home',
    async (url) => {
      expect(read({ DATABASE_URL: url }).databaseUrl?.reveal()).toBe(url)
    },
  )
})

test('all wrong values are reported at once, with name and expectation, secrets without their value', () => {
  const wrong = () =>
    read({
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      DATABASE_POOL_SIZE: '0',
      DATABASE_MAX_OVERFLOW: 'many',
      DEBUG: 'maybe',
      LOG_LEVEL: 'loud',
      ANTHROPIC_API_KEY: 'hunter2 hunter2',
      ANTHROPIC_BASE_URL: 'example.com',
      RANGERS_DEFAULT_PROVIDER: 'oracle',
    })
  expect(wrong).toThrow(
    new ConfigError([
      'DATABASE_URL is not valid: expected postgresql://user:password@host:5432/database.',
      'DATABASE_POOL_SIZE is "0": expected a whole number from 1 to 500.',
      'DATABASE_MAX_OVERFLOW is "many": expected a whole number from 0 to 500.',
      'DEBUG is "maybe": expected true or false.',
      'LOG_LEVEL is "loud": expected one of debug, info, warn, error.',
      'ANTHROPIC_API_KEY is not valid: expected a key without spaces or line breaks.',
      'ANTHROPIC_BASE_URL is "example.com": expected an address that starts with http:// or https://.',
      'RANGERS_DEFAULT_PROVIDER is "oracle": expected anthropic, claude-agent, scripted, or an agent such as acp:opencode.',
    ]),
  )
})

test('a secret does not show itself', () => {
  const { anthropicApiKey } = read({ ANTHROPIC_API_KEY: 'sk-hunter2' })
  expect(
    `${anthropicApiKey} ${JSON.stringify({ anthropicApiKey })} ${inspect(anthropicApiKey)}`,
  ).not.toContain('hunter2')
})

test('keys in any case count, and an empty value counts as not set', () => {
  const config = read({ database_pool_size: '7', Debug: 'YES', LOG_LEVEL: ' ' })
  expect([config.databasePoolSize, config.debug, config.logLevel]).toEqual([7, true, 'debug'])
})

test('the environment ranks above .env, and .env above .env.api', async () => {
  await writeFile(join(cwd, '.env'), 'DATABASE_POOL_SIZE=2\nDATABASE_MAX_OVERFLOW=2\n')
  await writeFile(
    join(cwd, '.env.api'),
    'DATABASE_POOL_SIZE=3\nDATABASE_MAX_OVERFLOW=3\nDATABASE_ECHO=true\n',
  )
  const config = read({ DATABASE_POOL_SIZE: '1' })
  await Promise.all(['.env', '.env.api'].map((name) => rm(join(cwd, name))))
  expect([config.databasePoolSize, config.databaseMaxOverflow, config.databaseEcho]).toEqual([1, 2, true])
})

test('folders are absolute, start at the working folder, and ~ is the home folder', () => {
  const config = read({
    RANGERS_DATA_DIR: 'data',
    WORKSPACE_ROOT: '~/work',
    RANGERS_SCREENSHOT: '/tmp/a.png',
  })
  expect([config.dataFolder, config.workspaceRoot, config.screenshotFile]).toEqual([
    join(cwd, 'data'),
    '/home/ada/work',
    '/tmp/a.png',
  ])
})

test.each([
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/agent-rangers'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/agent-rangers'],
  ['darwin', {}, '/home/ada/Library/Application Support/Agent Rangers'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Agent Rangers'],
] as const)('the data folder on %s with %o', async (platform, env, folder) => {
  expect(loadConfig({ platform, env, cwd, home: '/home/ada' }).dataFolder).toBe(folder)
})
