import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#db/embedded/server.ts'
import { makeDataFolder, query, STARTED_AT, serverPid } from '../helpers/embedded-fixture.ts'

let dataFolder: string
let remove: () => Promise<void>
const open: EmbeddedServer[] = []

beforeEach(async () => {
  ;({ dataFolder, remove } = await makeDataFolder())
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
  await remove()
})

async function start(folder = dataFolder, signal = AbortSignal.timeout(60_000)): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataFolder: folder, signal })
  open.push(server)
  return server
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('a first start makes a private, durable UTF-8 database that listens on no port', async () => {
  const { connection, version } = await start()
  const settings = await query<{ name: string; setting: string }>(
    connection,
    `SELECT name, setting FROM pg_settings WHERE name IN
     ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'server_encoding')`,
  )
  expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
  })
  expect(await query(connection, `SELECT current_database() AS name, lower('ÄΩ') AS lower`)).toEqual([
    { name: 'agent_rangers', lower: 'äω' },
  ])
  expect([await modeOf(dataFolder), await modeOf(connection.host ?? '')]).toEqual(['700', '700'])
  expect(version).toMatch(/^18\.\d+$/)
})

test('the last user stops the server, and nothing is left beside the data', async () => {
  const first = await start()
  const second = await start()
  const pid = await serverPid(dataFolder)
  await first.close()
  expect(await serverPid(dataFolder)).toBe(pid)
  await second.close()
  expect(await serverPid(dataFolder)).toBeUndefined()
  expect((await readdir(dirname(dataFolder))).sort()).toEqual(['postgres', 'postgres.lock'])
  expect(await readdir(`${dataFolder}.lock`)).toEqual([])
})

test("somebody else's connection keeps the server running", async () => {
  const server = await start()
  const psql = new pg.Client(server.connection)
  psql.on('error', () => {})
  await psql.connect()
  await server.close()
  expect((await psql.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await psql.end()
  await (await start()).close()
  expect(await serverPid(dataFolder)).toBeUndefined()
})

test('what was written is there after a restart', async () => {
  const first = await start()
  await query(first.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.close()
  const second = await start()
  expect(await query(second.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test('a server that is killed while in use comes back, and the pool with it', async () => {
  const { connection } = await start()
  const database = openDatabase({ connection, poolSize: 2 })
  await database.pool.query('CREATE TABLE kept AS SELECT 42 AS answer')
  process.kill((await serverPid(dataFolder)) ?? 0, 'SIGKILL')
  const read = async () => (await database.pool.query('SELECT answer FROM kept')).rows
  await expect.poll(() => read().catch((error) => error), { timeout: 20_000 }).toEqual([{ answer: 42 }])
  await database.close()
})

test('a folder on a path with blanks, quotes and Unicode, too long for a socket, works', async () => {
  const folder = join(dirname(dataFolder), `a "b' ü 漢`, 'x'.repeat(150), 'postgres')
  await (await start(folder)).close()
  expect(await serverPid(folder)).toBeUndefined()
})

test('an aborted start leaves no process and no unfinished folder', async () => {
  const abort = new AbortController()
  const starting = start(dataFolder, abort.signal)
  const names = () => readdir(dirname(dataFolder))
  await expect.poll(names).toContainEqual(expect.stringMatching(/^postgres\.tmp-/))
  abort.abort(new Error('closed'))
  await expect(starting).rejects.toThrow('closed')
  expect(await names()).toEqual(['postgres.lock'])
})

test('a database of another major version is refused untouched', async () => {
  await (await start()).close()
  await writeFile(join(dataFolder, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow('was made by PostgreSQL 17, this app brings 18.')
  expect(await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).toBe('17\n')
})

test('a folder that holds something else is refused untouched', async () => {
  await mkdir(dataFolder)
  await writeFile(join(dataFolder, 'holiday.jpg'), '')
  await expect(start()).rejects.toThrow('holds files that are no database')
  expect(await readdir(dataFolder)).toEqual(['holiday.jpg'])
})

test('a place where no folder can be made is one sentence', async () => {
  await writeFile(join(dirname(dataFolder), 'file'), '')
  const folder = join(dirname(dataFolder), 'file', 'postgres')
  await expect(start(folder)).rejects.toThrow(
    `The data folder ${folder} cannot be written. Make it writable for this user, or set RANGERS_DATA_DIR to another folder.`,
  )
})

test('a broken configuration is one sentence that names the log', async () => {
  await (await start()).close()
  await writeFile(join(dataFolder, 'postgresql.conf'), 'work_mem = nonsense\n')
  await expect(start()).rejects.toThrow(/^The embedded database did not start: .*server\.log\.$/)
})

test('three starts at once in one process share one server', async () => {
  const servers = await Promise.all([start(), start(), start()])
  const asked = servers.map((server) => query<{ at: string }>(server.connection, STARTED_AT))
  const answers = (await Promise.all(asked)).flat().map((row) => row.at)
  expect(new Set(answers).size).toBe(1)
  await Promise.all(servers.map((server) => server.close()))
  expect(await serverPid(dataFolder)).toBeUndefined()
})
