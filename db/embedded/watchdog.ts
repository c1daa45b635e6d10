/**
 * A program of its own, started by the app and outliving it: `watchdog.js --instance <id> [--data-folder <folder>]`.
 * Its standard input is a pipe that the app holds. "quit" on it: the app ends in order, nothing is to be done. Its end
 * without that: the app died. Then the processes of its agents are ended, and the database server if nobody uses it.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { holdFolderLock } from './folder-lock.ts'
import { freshFolderOf, lockFolderOf, resolveDataFolder } from './folders.ts'
import { endInstanceProcesses } from './instance-processes.ts'
import { isServerOf, readPostmasterFile, socketOf } from './postmaster-file.ts'
import { COUNT_OTHERS, isUnused, SERVER_USER, stopServer, WATCHDOG_NAME } from './stop-server.ts'
import { ask, ServerMessage } from './wire.ts'

const KILL_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 60_000
const PATIENCE_MS = 3000
const POLL_MS = 50
const CANNOT_CONNECT_NOW = '57P03'

const { values } = parseArgs({
  options: { instance: { type: 'string' }, 'data-folder': { type: 'string' } },
})

let heard = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text: string) => {
  heard += text
  if (heard.includes('quit')) process.exit(0)
})
process.stdin.once('error', () => process.stdin.destroy())
process.stdin.once('close', () => void cleanUp())

async function cleanUp(): Promise<void> {
  const { instance, 'data-folder': dataFolder } = values
  if (instance) await endInstanceProcesses(instance, AbortSignal.timeout(KILL_LIMIT_MS)).catch(() => {})
  if (dataFolder) await stopUnusedServer(dataFolder, AbortSignal.timeout(STOP_LIMIT_MS)).catch(() => {})
  process.exit(0)
}

async function stopUnusedServer(asked: string, signal: AbortSignal): Promise<void> {
  const dataFolder = await resolveDataFolder(asked)
  await using _lock = await holdFolderLock(lockFolderOf(dataFolder), signal)
  for (const folder of [dataFolder, freshFolderOf(dataFolder)]) {
    while (!(await isSettled(folder, signal))) await delay(POLL_MS, undefined, { signal })
  }
}

/** False while the server is still starting, so that it cannot be asked who uses it. */
async function isSettled(dataFolder: string, signal: AbortSignal): Promise<boolean> {
  const file = await readPostmasterFile(dataFolder)
  if (!file || !(await isServerOf(dataFolder, file.pid))) return true
  if (process.platform === 'win32') return true // it has no socket to ask; the next start uses the server
  try {
    const count = () => countOthers(socketOf(file), signal)
    if (await isUnused(count, PATIENCE_MS, signal)) await stopServer(file, signal)
    return true
  } catch (error) {
    signal.throwIfAborted()
    return error instanceof ServerMessage && error.code !== CANNOT_CONNECT_NOW
  }
}

async function countOthers(socket: string, signal: AbortSignal) {
  const login = { user: SERVER_USER, database: 'postgres', application_name: WATCHDOG_NAME }
  const [row] = await ask(socket, login, COUNT_OTHERS, signal)
  // The presence of the app that died may still be listed: only what stays after some patience counts.
  return { presences: 0, clients: Number(row?.[1]) }
}
