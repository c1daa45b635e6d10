import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { prepareCommand } from './account.ts'
import { programOf } from './binaries.ts'
import type { ServerPlace } from './place.ts'

const LONGEST_LOG_BYTES = 1_000_000

/** A server that was just started; it outlives this process. */
export interface ServerProcess {
  pid: number
  logFile: string
  /** What it had written to its log when it ended, should it end. */
  ended: Promise<string>
  kill(): void
}

/** Starts the server on an initialised folder. Whether it answers is for the caller to find out. */
export async function startServerProcess(place: ServerPlace, socketFolder: string): Promise<ServerProcess> {
  const logFile = join(place.dataFolder, 'server.log')
  const log = await openLog(logFile)
  try {
    const from = (await log.stat()).size
    const args = await argumentsOf(place.dataFolder, socketFolder)
    const {
      file,
      args: all,
      options,
    } = prepareCommand(place.account, programOf(place.binaries, 'postgres'), args)
    const child = spawn(file, all, { ...options, detached: true, stdio: ['ignore', log.fd, log.fd] })
    const ended = logAtEnd(child, logFile, from)
    ended.catch(() => {}) // the caller may have stopped listening
    await once(child, 'spawn')
    child.unref()
    return { pid: child.pid ?? 0, logFile, ended, kill: () => void child.kill('SIGINT') }
  } finally {
    await log.close()
  }
}

async function logAtEnd(child: ChildProcess, logFile: string, from: number): Promise<string> {
  await once(child, 'exit')
  await using log = await open(logFile, 'r')
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(16_384), position: from })
  return buffer.toString('utf8', 0, bytesRead)
}

async function openLog(file: string): Promise<FileHandle> {
  const log = await open(file, 'a', 0o600)
  if ((await log.stat()).size > LONGEST_LOG_BYTES) await log.truncate()
  return log
}

async function argumentsOf(dataFolder: string, socketFolder: string): Promise<string[]> {
  const settings: Record<string, string> = {
    cluster_name: 'agent-rangers',
    max_connections: '200', // each app may hold 30, and several may be open
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    max_parallel_workers_per_gather: '0', // workers need shared memory, of which containers have little
    jit: 'off',
    client_connection_check_interval: '1s', // so that a query of a dead app does not count as a user
    log_min_messages: 'warning',
    fsync: 'on',
    ...(process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: String(await findFreePort()) }
      : {
          listen_addresses: '',
          port: '5432',
          unix_socket_directories: socketFolder,
          unix_socket_permissions: '0700',
        }),
  }
  return [
    '-D',
    dataFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
