import { randomUUID } from 'node:crypto'
import type { AnyTRPCRouter } from '@trpc/server'
import {
  type ClientMessage,
  IPC_VERSION,
  type IpcPort,
  type RejectCode,
  type ServerMessage,
} from '#shared/ipc.ts'
import { createCallTable } from './call-table.ts'
import { parseClientFrame } from './client-message.ts'
import { createFrameWriter } from './frame-writer.ts'
import type { ReportIncident } from './incident.ts'
import type { CallScope } from './run-call.ts'
import type { StartNews } from './start-news.ts'

export interface ServeOptions<TRouter extends AnyTRPCRouter> {
  router: TRouter
  port: IpcPort
  createContext: CallScope<TRouter>['createContext']
  report?: ReportIncident
  /** Names what is running. A window that names another build is told to restart; '' fits all. */
  build?: string
  /** Told to the window while its calls wait for the start of the app. */
  starting?: StartNews
  /** See FrameWriterOptions. Default 8 ms. */
  coalesceMs?: number
  /** See FrameWriterOptions. Default 512 messages. */
  maxFrame?: number
  /** The most events a window may have ordered ahead, for each subscription. Default 4,096. */
  maxCredit?: number
  /** Calls and subscriptions at once. Default 1,024. */
  maxInFlight?: number
  /** See SubscriptionScope. Default 5,000 ms. */
  deafMs?: number
}

/** One window document's connection, from hello to close. */
export interface IpcSession {
  /** Ends all calls and closes the port. */
  dispose(): void
  /** Aborts when the session has ended, from whichever side. */
  readonly signal: AbortSignal
  /** Calls and subscriptions that have not ended, generators on their way out included. */
  readonly inFlight: number
}

/** Answers the tRPC calls that come over a port. Returns at once; the session lives until either end closes. */
export function servePort<TRouter extends AnyTRPCRouter>(options: ServeOptions<TRouter>): IpcSession {
  const { router, port, createContext, report = () => {}, build = '' } = options
  const ended = new AbortController()
  let greeted = false

  const writer = createFrameWriter({
    port,
    coalesceMs: options.coalesceMs ?? 8,
    maxFrame: options.maxFrame ?? 512,
    replacement: (message, cause) => ('id' in message ? calls.replacement(message, cause) : null),
  })
  const calls = createCallTable(
    { router, createContext, writer, report, deafMs: options.deafMs ?? 5000 },
    { maxCredit: options.maxCredit ?? 4096, maxInFlight: options.maxInFlight ?? 1024 },
  )

  function greet(message: Extract<ClientMessage, { t: 'hello' }>): void {
    const fits = build === '' || message.build === '' || message.build === build
    if (message.v === IPC_VERSION && fits) {
      greeted = true
      writer.now({ t: 'welcome', v: IPC_VERSION, session: randomUUID(), build })
      options.starting?.listen((text) => writer.now({ t: 'starting', text }), ended.signal)
    } else reject('VERSION', `window v${message.v} "${message.build}", app v${IPC_VERSION} "${build}"`)
  }

  function handle(message: ClientMessage): void {
    if (message.t === 'hello') greet(message)
    else if (!greeted) reject('PROTOCOL', `${message.t} before hello`)
    else if (message.t === 'cancel') calls.cancel(message.id)
    else if (message.t === 'credit') calls.grant(message.id, message.n)
    else calls.begin(message)
  }

  function reject(code: RejectCode, reason: string): void {
    report({ kind: 'rejected', code, reason })
    writer.now(rejection(code))
    dispose()
  }

  function dispose(): void {
    if (ended.signal.aborted) return
    writer.stop()
    ended.abort()
    calls.cancelAll()
    port.close()
  }

  port.listen({
    frame(frame) {
      if (ended.signal.aborted) return
      const messages = parseClientFrame(frame)
      if (messages === null) reject('PROTOCOL', 'a message that is not of the protocol')
      for (const message of messages ?? []) if (!ended.signal.aborted) handle(message)
    },
    closed: dispose,
  })
  return {
    dispose,
    signal: ended.signal,
    get inFlight() {
      return calls.size
    },
  }
}

/** Turns a port away without a session: the window is told why, then the port closes. */
export function rejectPort(port: IpcPort, code: RejectCode): void {
  port.listen({ frame: () => {}, closed: () => {} })
  port.post([rejection(code)])
  port.close()
}

function rejection(code: RejectCode): ServerMessage {
  return { t: 'reject', code, supported: [IPC_VERSION] }
}
