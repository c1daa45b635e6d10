import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inspect, parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONFIG_KEYS, ConfigError, loadConfig } from '#electron/env.ts'

let cwd: string
const linux = { platform: 'linux', home: '/home/ada' } as const
const read = (env: Record<string, string>) => loadConfig({ ...linux, cwd, env })

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'rangers-env-'))
})
afterAll(() => rm(cwd, { recursive: true }))

test('with nothing set, everything has its default', async () => {
  expect(await read({})).toEqual({
    databaseUrl: null,
    databasePoolSize: 20,
    databaseMaxOverflow: 10,
    databaseEcho: false,
    debug: false,
    logLevel: 'info',
    dataFolder: '/home/ada/.config/agent-rangers',
    workspaceRoot: '/home/ada/.config/agent-rangers/workspaces',
    screenshotFile: null,
    anthropicApiKey: null,
    anthropicBaseUrl: null,
    defaultProvider: null,
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
  expect(await read(env)).toEqual(await read({}))
})

describe('DATABASE_URL', () => {
  test.each([
    'postgres://u:p@h:5432/d',
    'postgresql://u:p@h:5432/d',
    'postgresql+asyncpg://u:p@h:5432/d',
    'postgresql+psycopg2://u:p@h:5432/d',
  ])('%s is understood', async (url) => {
    const { databaseUrl } = await read({ DATABASE_URL: url })
    expect(databaseUrl?.reveal()).toBe('postgresql://u:p@h:5432/d')
  })
})

test('all wrong values are reported at once, with name and expectation, secrets without their value', async () => {
  const wrong = read({
    DATABASE_URL: 'mysql://u:hunter2@h/d',
    DATABASE_POOL_SIZE: '0',
    DATABASE_MAX_OVERFLOW: 'many',
    DEBUG: 'maybe',
    LOG_LEVEL: 'loud',
    ANTHROPIC_API_KEY: 'hunter2 hunter2',
    ANTHROPIC_BASE_URL: 'example.com',
    RANGERS_DEFAULT_PROVIDER: 'oracle',
  })
  await expect(wrong).rejects.toEqual(
    new ConfigError([
      'DATABASE_URL is not valid: expected postgresql://user:password@host:5432/database.',
      'DATABASE_POOL_SIZE is "0": expected a whole number from 1 to 500.',
      'DATABASE_MAX_OVERFLOW is "many": expected a whole number from 0 to 500.',
      'DEBUG is "maybe": expected true or false.',
      'LOG_LEVEL is "loud": expected one of debug, info, warn, error.',
      'ANTHROPIC_API_KEY is not valid: expected a key without spaces or line breaks.',
      'ANTHROPIC_BASE_URL is "example.com": expected an address that starts with http:// or https://.',
      'RANGERS_DEFAULT_PROVIDER is "oracle": expected one of anthropic, scripted.',
    ]),
  )
})

test('a secret does not show itself', async () => {
  const { anthropicApiKey } = await read({ ANTHROPIC_API_KEY: 'sk-hunter2' })
  expect(
    `${anthropicApiKey} ${JSON.stringify({ anthropicApiKey })} ${inspect(anthropicApiKey)}`,
  ).not.toContain('hunter2')
})

test('keys in any case count, and an empty value counts as not set', async () => {
  const config = await read({ database_pool_size: '7', Debug: 'YES', LOG_LEVEL: ' ' })
  expect([config.databasePoolSize, config.debug, config.logLevel]).toEqual([7, true, 'debug'])
})

test('the environment ranks above .env, and .env above .env.api', async () => {
  await writeFile(join(cwd, '.env'), 'DATABASE_POOL_SIZE=2\nDATABASE_MAX_OVERFLOW=2\n')
  await writeFile(
    join(cwd, '.env.api'),
    'DATABASE_POOL_SIZE=3\nDATABASE_MAX_OVERFLOW=3\nDATABASE_ECHO=true\n',
  )
  const config = await read({ DATABASE_POOL_SIZE: '1' })
  await Promise.all(['.env', '.env.api'].map((name) => rm(join(cwd, name))))
  expect([config.databasePoolSize, config.databaseMaxOverflow, config.databaseEcho]).toEqual([1, 2, true])
})

test('folders are absolute, start at the working folder, and ~ is the home folder', async () => {
  const config = await read({
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
  expect((await loadConfig({ platform, env, cwd, home: '/home/ada' })).dataFolder).toBe(folder)
})
