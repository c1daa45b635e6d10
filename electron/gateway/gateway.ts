import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '../log.ts'
import type { OpenCall, WantedCall } from './model-call.ts'
import type { BodyHolder } from './read-body.ts'
import { serveRequest } from './serve-request.ts'
import type { Upstreams } from './upstreams.ts'

/** Who may call models through the gateway, and what each call asks first. */
export interface GatewayGuest {
  /** Ends it, and cuts what is on its way. */
  signal: AbortSignal
  /** Rejects with a BudgetError when the call is not paid for. */
  begin(wanted: WantedCall, signal: AbortSignal): Promise<OpenCall>
}

export interface GatewayPass {
  /** Of the HTTP server: `http://127.0.0.1:<port>`, without a path. */
  baseUrl: string
  /** Instead of a key, in any of the ways in which the APIs take one. */
  token: string
  /** The token is worth nothing from now on; resolves when no answer is on its way any more and all are counted. */
  revoke(): Promise<void>
}

/** Where processes of agents find their models. Its port is open on loopback only while somebody has a pass. */
export interface Gateway extends AsyncDisposable {
  admit(guest: GatewayGuest): Promise<GatewayPass>
}

export interface GatewayOptions {
  /** Asked anew for each request: where the real APIs are, and their keys. */
  upstreams: () => Upstreams
  log: Pick<Logger, 'warn'>
}

export interface Admitted extends GatewayGuest, BodyHolder {
  /** SHA-256 of the token. */
  digest: Buffer
  /** Its requests that have not ended. */
  requests: Set<Promise<void>>
}

export function createGateway(options: GatewayOptions): Gateway {
  const guests = new Set<Admitted>()
  let server: Promise<http.Server> | null = null

  const findGuest = (token: string): Admitted | null => {
    const digest = digestOf(token)
    let found: Admitted | null = null
    for (const guest of guests) if (timingSafeEqual(guest.digest, digest)) found = guest
    if (found?.signal.aborted) return null // it ends, and waits only for what it has begun
    return found
  }
  const leave = async (guest: Admitted) => {
    guests.delete(guest)
    if (guests.size > 0 || !server) return
    const last = server
    server = null
    await close(await last)
  }
  return {
    async admit(guest) {
      const token = `rangers-${randomBytes(32).toString('base64url')}`
      const ended = new AbortController()
      const admitted = {
        begin: guest.begin,
        signal: AbortSignal.any([guest.signal, ended.signal]),
        digest: digestOf(token),
        requests: new Set<Promise<void>>(),
        held: 0,
      }
      guests.add(admitted)
      try {
        server ??= listen({ ...options, findGuest })
        const { port } = (await server).address() as AddressInfo
        const revoke = async () => {
          ended.abort()
          await Promise.allSettled(admitted.requests)
          await leave(admitted)
        }
        return { baseUrl: `http://127.0.0.1:${port}`, token, revoke }
      } catch (error) {
        guests.delete(admitted)
        server = null
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      guests.clear()
      if (server) await close(await server)
      server = null
    },
  }
}

async function listen(
  options: GatewayOptions & { findGuest: (token: string) => Admitted | null },
): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    serveRequest(options, request, response).catch((error: unknown) => {
      options.log.warn({ err: error }, 'a request of an agent to its model broke')
      response.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function close(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
