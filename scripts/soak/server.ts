import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedServer, startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog } from '#db/embedded/watchdog-process.ts'
import { serverPid } from '../../test/helpers/embedded-fixture.ts'

/** The one real PostgreSQL server of a soak; the product's own keeper starts it again when it is killed. */
export interface SoakServer {
  connection: EmbeddedServer['connection']
  /** kill -9, without warning; resolves when it answers again, recovered. */
  kill(): Promise<void>
  close(): Promise<void>
}

export async function startSoakServer(options: {
  dataFolder: string
  runtimeFolder: string
  watchdogProgram: string
  signal: AbortSignal
}): Promise<SoakServer> {
  const { dataFolder, runtimeFolder, signal } = options
  const guard = await startWatchdog({
    instanceId: randomUUID(),
    dataFolder,
    command: process.execPath,
    args: [options.watchdogProgram],
    environment: { PATH: process.env.PATH ?? '' },
  })
  const server = await startEmbeddedServer({ dataFolder, runtimeFolder, signal })
  return {
    connection: server.connection,
    async kill() {
      const pid = await serverPid(dataFolder)
      if (pid === undefined) throw new Error('The server does not run')
      process.kill(pid, 'SIGKILL')
      while ((await serverPid(dataFolder)) === pid) await pause(20)
      while (!(await answers(server.connection))) {
        signal.throwIfAborted()
        await pause(50)
      }
    },
    async close() {
      await server.close()
      await guard.close()
    },
  }
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
