import { chooseAccount } from '#db/embedded/account.ts'
import { findOldBinaries } from '#db/embedded/old-binaries.ts'
import { startTcpServer } from '../../test/helpers/tcp-server.ts'

/** The oldest first: it is the one that tells most. */
const MAJORS = [15, 16, 17]

/** A throw-away server of an installed PostgreSQL that is not the app's own; null where there is none. */
export async function startOther(): Promise<(AsyncDisposable & { version: string; url: string }) | null> {
  const signal = AbortSignal.timeout(60_000)
  const account = await chooseAccount(signal)
  for (const major of MAJORS) {
    const binaries = await findOldBinaries(major, account, signal)
    if (!binaries) continue
    const server = await startTcpServer({ binaries, settings: { max_connections: '200' } })
    const { host, port, user } = server.connection
    const url = `postgresql://${user}@${host}:${port}/postgres`
    return { version: binaries.version, url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  }
  return null
}
