import {
  type CallId,
  type ClientMessage,
  IPC_VERSION,
  type IpcPort,
  type RejectCode,
  type ServerMessage,
} from '#shared/ipc.ts'

/** `closed` is final: by `close()`, or because the app refused this window for the reason given. */
export type ConnectionState =
  | { status: 'connecting' }
  /** `starting`: what the app does before it can answer. */
  | { status: 'open'; build: string; session: string; starting?: string | null }
  | { status: 'closed'; reason: RejectCode | 'CLOSED' }

/** Messages from the app that answer one call. */
export type ReplyMessage = Extract<ServerMessage, { id: CallId }>

/** One call as the connection sees it. */
export interface Caller {
  /** The connection is open: send. Called again for each connection that the call lives to see. */
  opened(): void
  reply(message: ReplyMessage): void
  /** It asks only, and may ask again: sent along with the greeting, without waiting for the app's. */
  readonly isEager?: boolean
  /** What it wanted to send cannot be cloned, and was not sent. */
  unsendable?(): void
  /** The connection went after `opened`. True waits for the next one; false: the call has ended. */
  lost(): boolean
  /** The connection is closed for good. */
  closed(reason: RejectCode | 'CLOSED'): void
}

export interface PortClientOptions {
  /** Gets a fresh port; called anew for each attempt. */
  connect(): Promise<IpcPort>
  /** What this window was built from; '' fits every app. */
  build?: string
  /** Milliseconds before attempt `n` (from 0). Default: 50, doubling up to 1,000. */
  retryMs?(attempt: number): number
}

/** Keeps one connection to the app open from the moment it is made until `close()`, and routes replies to callers. */
export class PortClient {
  readonly #options: PortClientOptions
  readonly #callers = new Map<CallId, Caller>()
  readonly #waiting = new Set<Caller>()
  readonly #watchers = new Set<(state: ConnectionState) => void>()
  #state: ConnectionState = { status: 'connecting' }
  #port: IpcPort | null = null
  #outbox: ClientMessage[] = []
  #lastId: CallId = 0
  #attempt = 0
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(options: PortClientOptions) {
    this.#options = options
    this.#open()
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Calls the listener on each change of state, until the returned function is called. */
  watch(listener: (state: ConnectionState) => void): () => void {
    this.#watchers.add(listener)
    return () => {
      this.#watchers.delete(listener)
    }
  }

  /** Takes up a call: it hears `opened` at once, or when the connection is open. */
  join(caller: Caller): void {
    if (this.#state.status === 'open' || (this.#port !== null && caller.isEager)) caller.opened()
    else if (this.#state.status === 'connecting') this.#waiting.add(caller)
    else caller.closed(this.#state.reason)
  }

  /** A new id, under which replies reach the caller. */
  register(caller: Caller): CallId {
    this.#callers.set(++this.#lastId, caller)
    return this.#lastId
  }

  /** Drops a call that has ended; what still comes for it is ignored. */
  leave(caller: Caller, id: CallId): void {
    this.#callers.delete(id)
    this.#waiting.delete(caller)
  }

  /** Sends together with all that is sent in the same tick. Ignored while there is no connection. */
  post(message: ClientMessage): void {
    if (this.#port !== null && this.#outbox.push(message) === 1) queueMicrotask(this.#flush)
  }

  /** Ends the connection and all calls for good. */
  close(): void {
    this.#shut('CLOSED')
  }

  #open(): void {
    this.#options.connect().then(
      (port) => this.#greet(port),
      () => this.#again(),
    )
  }

  #greet(port: IpcPort): void {
    if (this.#state.status === 'closed') {
      port.close()
      return
    }
    this.#port = port
    port.listen({
      frame: (frame) => port === this.#port && this.#receive(frame as ServerMessage[]),
      closed: () => port === this.#port && this.#again(),
    })
    port.post([{ t: 'hello', v: IPC_VERSION, build: this.#options.build ?? '' } satisfies ClientMessage])
    this.#letThrough(({ isEager }) => isEager === true)
  }

  #receive(messages: ServerMessage[]): void {
    for (const message of messages) {
      if ('id' in message) this.#callers.get(message.id)?.reply(message)
      else if (message.t === 'welcome') this.#welcome(message)
      else if (message.t === 'starting') this.#starting(message.text)
      else if (message.t === 'reject') this.#shut(message.code)
    }
  }

  #welcome({ build, session }: Extract<ServerMessage, { t: 'welcome' }>): void {
    this.#attempt = 0
    this.#enter({ status: 'open', build, session })
    this.#letThrough(() => true)
  }

  /** Those of the waiting that may send now, at once. */
  #letThrough(isReady: (caller: Caller) => boolean): void {
    const ready = [...this.#waiting].filter(isReady)
    for (const caller of ready) this.#waiting.delete(caller)
    for (const caller of ready) caller.opened()
    this.#flush()
  }

  #starting(text: string | null): void {
    if (this.#state.status === 'open') this.#enter({ ...this.#state, starting: text })
  }

  /** The port went, or never came: what was sent hears of it, what can wait is kept, and another try is due. */
  #again(): void {
    if (this.#state.status === 'closed') return
    this.#port = null
    this.#outbox = []
    const sent = [...this.#callers.values()]
    this.#callers.clear()
    if (this.#state.status === 'open') this.#enter({ status: 'connecting' })
    for (const caller of sent) if (caller.lost()) this.#waiting.add(caller)
    const wait = this.#options.retryMs ?? doubling
    this.#retry = setTimeout(() => this.#open(), wait(this.#attempt++))
  }

  #shut(reason: RejectCode | 'CLOSED'): void {
    if (this.#state.status === 'closed') return
    const callers = new Set([...this.#callers.values(), ...this.#waiting])
    this.#callers.clear()
    this.#waiting.clear()
    this.#outbox = []
    clearTimeout(this.#retry)
    this.#port?.close()
    this.#port = null
    this.#enter({ status: 'closed', reason })
    for (const caller of callers) caller.closed(reason)
  }

  #enter(state: ConnectionState): void {
    this.#state = state
    for (const watcher of [...this.#watchers]) watcher(state)
  }

  readonly #flush = (): void => {
    const port = this.#port
    if (port === null || this.#outbox.length === 0) return
    const messages = this.#outbox
    this.#outbox = []
    try {
      port.post(messages)
    } catch {
      for (const message of messages) this.#postAlone(port, message)
    }
  }

  /** One value that cannot be cloned fails its own call and none of those that were sent with it. */
  #postAlone(port: IpcPort, message: ClientMessage): void {
    try {
      port.post([message])
    } catch {
      if ('id' in message) this.#callers.get(message.id)?.unsendable?.()
    }
  }
}

const doubling = (attempt: number): number => Math.min(1000, 50 * 2 ** attempt)
