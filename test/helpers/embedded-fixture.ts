import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg, { type ClientConfig } from 'pg'
import { resolveDataFolder } from '#db/embedded/folders.ts'
import { isServerOf, readPostmasterFile } from '#db/embedded/postmaster-file.ts'
import { inspectProcess } from '#db/embedded/process-table.ts'
import type { EmbeddedAppOptions } from './embedded-app.ts'
import { keepLogs } from './run-logs.ts'

/** What the app program says. */
export interface AppReport {
  connection: ClientConfig
  dataFolder: string
  watchdog?: number
  error?: string
}

export interface StartedApp {
  process: ChildProcess
  /** Its first line; rejects when it ends without one. */
  report: Promise<AppReport>
  /** Asks it to end in order, and waits for it. */
  close(): Promise<void>
  /** kill -9, and waits for it. */
  kill(): Promise<void>
}

/** Starts the app program; `wrapper` is a command that runs it, such as unshare with its options. */
export function startApp(program: string, options: EmbeddedAppOptions, wrapper: string[] = []): StartedApp {
  const [file = '', ...args] = [...wrapper, process.execPath, program, JSON.stringify(options)]
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const report = new Promise<AppReport>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)))
    child.once('close', (code) => reject(new Error(`The app ended with ${code} and said nothing`)))
  })
  report.catch(() => {})
  return {
    process: child,
    report,
    async close() {
      child.stdin.end('close\n')
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A temporary folder in which a server may be left running by a test that fails: `remove` ends it. */
export async function makeDataFolder(
  parent = tmpdir(),
): Promise<{ dataFolder: string; remove(): Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(parent, 'rangers-embedded-')))
  const asked = join(folder, 'postgres')
  return {
    dataFolder: asked,
    async remove() {
      const dataFolder = await resolveDataFolder(asked)
      const file = await readPostmasterFile(dataFolder).catch(() => undefined)
      const pid = await serverPid(dataFolder).catch(() => undefined)
      if (pid !== undefined) {
        process.kill(pid, 'SIGQUIT')
        await untilGone(pid)
      }
      await keepLogs(dataFolder)
      const runtime = file?.socketFolder ? [file.socketFolder] : []
      for (const left of [
        folder,
        ...runtime,
        ...(dataFolder === asked ? [] : [dataFolder, `${dataFolder}.lock`]),
      ]) {
        await rm(left, { recursive: true, force: true })
      }
    },
  }
}

/** The id of the server that lives on the folder. */
export async function serverPid(dataFolder: string): Promise<number | undefined> {
  const file = await readPostmasterFile(dataFolder)
  return file && (await isServerOf(dataFolder, file.pid)) ? file.pid : undefined
}

/** Waits until no process of that id is left. */
export async function untilGone(pid: number): Promise<void> {
  const before = await inspectProcess(pid)
  while (before && (await inspectProcess(pid))?.startedAt === before.startedAt) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Tells one server from the next. */
export const STARTED_AT = 'SELECT pg_postmaster_start_time()::text AS at'

/** Asks one question on a connection of its own. */
export async function query<Row extends object>(connection: ClientConfig, sql: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
