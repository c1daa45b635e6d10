import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { chooseAccount } from '#db/embedded/account.ts'
import { findOldBinaries } from '#db/embedded/old-binaries.ts'
import { startTcpServer } from '../helpers/tcp-server.ts'

const compose = await readFile('docker-compose.yml', 'utf8')
/** The one scalar of that name; the file is small and ours. */
const wordAfter = (key: string) => new RegExp(`^ +${key}: (.+)$`, 'm').exec(compose)?.[1] ?? ''

const [, health = ''] = JSON.parse(wordAfter('test')) as string[]
const signal = AbortSignal.timeout(20_000)
const installed = await findOldBinaries(15, await chooseAccount(signal), signal)
const bin = installed && `${installed.root}/bin`
const run = promisify(execFile)
const hasTool = bin !== undefined && (await run(`${bin}/pg_isready`, ['--version']).then(() => true, () => false)) // biome-ignore format: one question

describe('docker-compose.yml', () => {
  test('gives the server that .env.example names, to this computer only', async () => {
    const example = await readFile('.env.example', 'utf8')
    const login = `${wordAfter('POSTGRES_USER')}:${wordAfter('POSTGRES_PASSWORD')}`
    expect(example).toContain(`postgresql://${login}@localhost:5432/${wordAfter('POSTGRES_DB')}`)
    expect(parseEnv(example)).toHaveProperty('DATABASE_URL')
    expect(compose).toContain('- "127.0.0.1:5432:5432"')
    expect(compose).not.toMatch(/\t/)
  })

  test.skipIf(!hasTool)('its health check passes on a server that is ready, and fails on none', async () => {
    const check = (port: number) =>
      run('sh', ['-c', health], {
        env: { PATH: `${bin}:${dirname('/usr/bin/env')}`, PGHOST: '127.0.0.1', PGPORT: String(port) },
      })
    await using server = await startTcpServer({ binaries: installed })
    expect((await check(server.connection.port)).stdout).toMatch(/accepting connections/)
    await expect(check(1)).rejects.toThrow()
  })
})
