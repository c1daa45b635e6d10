import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { ClientConfig } from 'pg'

/** A network between an app and its server that can be cut: connections are reset, or everything is swallowed. */
export interface FaultyNetwork extends AsyncDisposable {
  /** How an app reaches the server through it. */
  connection: ClientConfig
  /** `reset`: all connections end, new ones are refused. `silence`: nothing ends, nothing arrives. */
  cut(how: 'reset' | 'silence'): Promise<void>
  /** New connections get through. Those that fell silent stay so, as behind a router that has forgotten them. */
  mend(): Promise<void>
}

/** Opens one before the server of `target`. */
export async function openFaultyNetwork(target: ClientConfig): Promise<FaultyNetwork> {
  const { host = '', port = 5432, ...login } = target
  /** Ends towards the app; those towards the server go with them. */
  const apps = new Set<Socket>()
  let isSilent = false
  let server: Server | null = null
  let ownPort = 0

  const carry = (near: Socket) => {
    apps.add(near)
    near.once('close', () => apps.delete(near))
    near.on('error', () => {})
    if (isSilent) return void near.resume()
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    let isDead = false
    const pass = (to: Socket) => (chunk: Buffer) => {
      isDead ||= isSilent
      if (!isDead) to.write(chunk)
    }
    near.on('data', pass(far))
    far.on('data', pass(near))
    far.on('error', () => {})
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.once('close', () => {
        isDead ||= isSilent
        if (!isDead || one === near) other.destroy()
      })
    }
  }
  const listen = async () => {
    server = createServer(carry).listen(ownPort, '127.0.0.1')
    await once(server, 'listening')
    ownPort = (server.address() as AddressInfo).port
  }
  const refuse = async () => {
    const closed = server && once(server, 'close')
    server?.close()
    server = null
    for (const socket of apps) socket.resetAndDestroy()
    await closed
  }

  await listen()
  return {
    connection: { ...login, host: '127.0.0.1', port: ownPort },
    async cut(how) {
      isSilent = how === 'silence'
      if (!isSilent) await refuse()
    },
    async mend() {
      isSilent = false
      if (!server) await listen()
    },
    [Symbol.asyncDispose]: refuse,
  }
}
