import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ClientConfig } from 'pg'
import { ownerOf, prepareCommand } from '#db/embedded/account.ts'
import { programOf, type ServerBinaries } from '#db/embedded/binaries.ts'
import { findPlace } from '#db/embedded/place.ts'

export interface TcpServerOptions {
  /** Another PostgreSQL than the app's own. */
  binaries?: ServerBinaries | undefined
  settings?: Record<string, string>
  /** Put into the data folder, readable for the server only. */
  files?: Record<string, string>
  /** Lines of pg_hba.conf; everybody from this computer when left out. */
  access?: string[]
}

/** A server as a provider runs it: reached over the network, nothing to do with the app. */
export interface TcpServer extends AsyncDisposable {
  connection: ClientConfig & { host: string; port: number }
  process: ChildProcess
  /** Once more on the same data and port, after it was killed. */
  restart(): Promise<void>
}

const USER = 'postgres'
const START_LIMIT_MS = 60_000

export async function startTcpServer(options: TcpServerOptions = {}): Promise<TcpServer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rangers-server-')))
  const signal = AbortSignal.timeout(START_LIMIT_MS)
  const { account, binaries: own } = await findPlace(join(folder, 'data'), signal)
  const binaries = options.binaries ?? own
  const owner = ownerOf(account)
  const dataFolder = join(folder, 'data')
  const give = async (path: string) => owner && chown(path, owner.uid, owner.gid)
  await mkdir(dataFolder, { mode: 0o700 })
  for (const path of [folder, dataFolder]) await give(path)
  const initdb = ['-D', dataFolder, '-U', USER, '-E', 'UTF8', '--no-locale', '-A', 'trust', '--no-sync']
  const prepared = prepareCommand(account, programOf(binaries, 'initdb'), initdb)
  await promisify(execFile)(prepared.file, prepared.args, prepared.options as object)
  const access = options.access ?? ['host all all 127.0.0.1/32 trust']
  for (const [name, text] of Object.entries({
    ...options.files,
    'pg_hba.conf': `${access.join('\n')}\n`,
  })) {
    await writeFile(join(dataFolder, name), text, { mode: 0o600 })
    await give(join(dataFolder, name))
  }
  const port = await findFreePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    ...options.settings,
  }
  const args = [
    '-D',
    dataFolder,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
  const start = async () => {
    const command = prepareCommand(account, programOf(binaries, 'postgres'), args)
    const child = spawn(command.file, command.args, {
      ...command.options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000)
    })
    await untilReady(child, port, () => said)
    return child
  }
  let child = await start()
  return {
    connection: { host: '127.0.0.1', port, user: USER, ssl: false },
    get process() {
      return child
    },
    async restart() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      child = await start()
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGQUIT')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

/** It says so itself, in a line that every version has. */
async function untilReady(child: ChildProcess, port: number, said: () => string): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT_MS)
  while (!said().includes('ready to accept connections')) {
    if (child.exitCode !== null || limit.aborted) throw new Error(`No server on port ${port}: ${said()}`)
    await pause(20)
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
