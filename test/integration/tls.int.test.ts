import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBackup } from '#db/backup/backup.ts'
import { openDatabase } from '#db/client.ts'
import { toAppError } from '#db/error.ts'
import { startListener } from '#db/listener.ts'
import { migrateUp } from '#db/migrate.ts'
import { settingsOfUrl } from '#db/tls.ts'
import { type Certificates, canMakeCertificates, makeCertificates } from '../helpers/certificates.ts'
import { startTcpServer, type TcpServer } from '../helpers/tcp-server.ts'

const isPossible = process.platform !== 'win32' && (await canMakeCertificates())

let files: Certificates
/** Offers encryption, and demands it of `strict`; speaks plain only, like a server as it is installed. */
let safe: TcpServer
let plain: TcpServer

beforeAll(async () => {
  if (!isPossible) return
  files = await makeCertificates()
  safe = await startTcpServer({
    settings: { ssl: 'on' },
    files: { 'server.crt': files.certificate, 'server.key': files.key },
    access: [
      'hostssl strict all 127.0.0.1/32 trust',
      'host postgres all 127.0.0.1/32 trust',
      'host /^strict_ all 127.0.0.1/32 trust',
    ],
  })
  plain = await startTcpServer()
  const { pool, close } = openDatabase({ connection: { ...safe.connection, database: 'postgres' } })
  await pool.query('CREATE DATABASE strict')
  await close()
})
afterAll(async () => {
  for (const part of [safe, plain, files]) await part?.[Symbol.asyncDispose]()
})

function urlOf(server: TcpServer, host: string, query: string, database = 'postgres'): string {
  return `postgresql://postgres@${host}:${server.connection.port}/${database}?${query}`
}

/** Whether the connection to an address is encrypted; rejects with the sentence when there is none. */
async function isEncrypted(url: string): Promise<boolean> {
  const fail = (error: unknown) => {
    throw toAppError(error) ?? error
  }
  const connection = await settingsOfUrl(url).catch(fail)
  const { pool, close } = openDatabase({ connection })
  try {
    const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
    const { rows } = await pool.query<{ ssl: boolean }>(sql).catch(fail)
    return rows[0]?.ssl === true
  } finally {
    await close()
  }
}

describe.skipIf(!isPossible)('sslmode means what it means to psql', () => {
  const encrypted = (host: string, query: () => string) =>
    expect(isEncrypted(urlOf(safe, host, query()))).resolves.toBe(true)

  test.each([
    [
      'verify-full asks for authority and name',
      'localhost',
      () => `sslmode=verify-full&sslrootcert=${files.ca}`,
    ],
    ['verify-ca asks for the authority', '127.0.0.1', () => `sslmode=verify-ca&sslrootcert=${files.ca}`],
    ['require asks for nothing', '127.0.0.1', () => 'sslmode=require'],
    ['require with an authority asks for it', '127.0.0.1', () => `sslmode=require&sslrootcert=${files.ca}`],
    ['prefer takes what is offered', '127.0.0.1', () => 'sslmode=prefer'],
    ['nothing at all takes what is offered', '127.0.0.1', () => ''],
    ['pg’s own spelling', '127.0.0.1', () => 'uselibpqcompat=true&sslmode=require'],
    ['ssl=true', '127.0.0.1', () => 'ssl=true'],
  ])('%s', (_, host, query) => encrypted(host, query))

  test('disable does not encrypt, and prefer does without where there is none', async () => {
    expect(await isEncrypted(urlOf(safe, '127.0.0.1', 'sslmode=disable'))).toBe(false)
    expect(await isEncrypted(urlOf(plain, '127.0.0.1', 'sslmode=prefer'))).toBe(false)
    expect(await isEncrypted(urlOf(plain, '127.0.0.1', ''))).toBe(false)
  })
})

describe.skipIf(!isPossible)('what is not safe is refused, with what to do', () => {
  const refusal = (url: string) =>
    isEncrypted(url).then(
      () => null,
      (error: { detail: unknown }) => error.detail,
    )
  const tls = (message: RegExp) => ({ error: 'DATABASE_TLS', message: expect.stringMatching(message) })

  test.each([
    [
      'another authority',
      'localhost',
      () => `sslmode=verify-full&sslrootcert=${files.otherCa}`,
      /not signed by.*sslrootcert=/,
    ],
    [
      'another authority, though names do not matter',
      'localhost',
      () => `sslmode=verify-ca&sslrootcert=${files.otherCa}`,
      /not signed by/,
    ],
    [
      'an authority of one’s own that nobody knows',
      'localhost',
      () => 'sslmode=verify-full',
      /not signed by/,
    ],
    [
      'verify-ca without an authority trusts no stranger',
      'localhost',
      () => 'sslmode=verify-ca',
      /not signed by/,
    ],
    [
      'another host name',
      '127.0.0.1',
      () => `sslmode=verify-full&sslrootcert=${files.ca}`,
      /for another host name/,
    ],
    [
      'a file that is not there',
      'localhost',
      () => 'sslmode=verify-full&sslrootcert=/no/where.pem',
      /\/no\/where\.pem.*cannot be read/,
    ],
  ])('%s', async (_, host, query, message) => {
    expect(await refusal(urlOf(safe, host, query()))).toEqual(tls(message))
  })

  test('a plain server where encryption is demanded', async () => {
    expect(await refusal(urlOf(plain, '127.0.0.1', 'sslmode=require'))).toEqual(
      tls(/does not offer encryption/),
    )
  })

  test('a server that demands encryption where there is none', async () => {
    const url = urlOf(safe, '127.0.0.1', 'sslmode=disable', 'strict')
    expect(await refusal(url)).toEqual(tls(/refuses connections without encryption/))
  })
})

test.skipIf(!isPossible)('pool, live events and backups all go encrypted', async () => {
  const connection = await settingsOfUrl(
    urlOf(safe, 'localhost', `sslmode=verify-full&sslrootcert=${files.ca}`, 'strict'), // which takes nothing else
  )
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-tls-'))
  const database = openDatabase({ connection })
  try {
    await migrateUp(database.pool, { folder: path.resolve('migrations') })
    const heard = await new Promise<string>((resolve, reject) => {
      const listener = startListener({
        connection,
        onConnected: () => void database.pool.query(`SELECT pg_notify('agent_rangers', 'boards')`),
        onNotify: (payload) => void listener.close().then(() => resolve(payload)),
        onLost: reject,
      })
    })
    expect(heard).toBe('boards')
    const { verified } = await createBackup({
      connection,
      migrations: path.resolve('migrations'),
      file: path.join(folder, 'a.backup'),
      appVersion: '0.0.0',
      kind: 'manual',
      now: new Date(0),
      signal: AbortSignal.timeout(30_000),
    })
    expect(verified).toBe('restored')
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})
