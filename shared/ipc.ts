/**
 * Wire protocol v1 between one document of a window and the app: one port a document, every post is an array of messages,
 * values are structured clones and never transferred. Only additive fields within a version.
 */
export const IPC_VERSION = 1

/** The channel on which the preload script hands the app its end of a new port. */
export const IPC_CONNECT_CHANNEL = 'rangers:connect'

/** Chosen by the window, unique for a port, never used twice. */
export type CallId = number

export type ClientMessage =
  | { t: 'hello'; v: number; build: string }
  | { t: 'call'; id: CallId; kind: 'query' | 'mutation'; path: string; input: unknown }
  | { t: 'sub'; id: CallId; path: string; input: unknown; lastEventId?: string | undefined; credit: number }
  /** The window has handled `n` more events of a subscription. */
  | { t: 'credit'; id: CallId; n: number }
  | { t: 'cancel'; id: CallId }

/** Why the app ends a connection for good: another version, a page that is not ours, a broken message. */
export type RejectCode = 'VERSION' | 'FORBIDDEN' | 'PROTOCOL'

/** What tRPC's `getTRPCErrorShape` makes; `data` is what the router's formatter put there. */
export interface IpcError {
  code: number
  message: string
  data: unknown
}

export type ServerMessage =
  | { t: 'welcome'; v: number; session: string; build: string }
  | { t: 'reject'; code: RejectCode; supported: number[] }
  /** What the app does before it can answer: a sentence for the person who waits, or null. */
  | { t: 'starting'; text: string | null }
  | { t: 'data'; id: CallId; data: unknown }
  | { t: 'error'; id: CallId; error: IpcError }
  | { t: 'started'; id: CallId }
  | { t: 'event'; id: CallId; eventId?: string; data: unknown }
  | { t: 'stopped'; id: CallId; reason: 'done' | 'cancelled' }

/** One end of a port, whatever makes it: Electron's main process, a browser, or memory in a test. */
export interface IpcPort {
  /** Throws when the frame holds a value that cannot be cloned; silent once the port is closed. */
  post(frame: unknown): void
  /** Starts delivery. Called once. `closed` is called at most once, for either end. */
  listen(listener: { frame(frame: unknown): void; closed(): void }): void
  close(): void
}

/** All that the preload script exposes to the page, as `window.rangers`. */
export interface IpcBridge {
  /** Asks for a port; it arrives as a `message` event on the window whose data is `{ rangers: nonce }`. */
  connect(nonce: string): void
  /** Whether what the window showed last lies beside the page, in `LAST_SCREEN_FILE`. */
  hasLastScreen: boolean
  /** The first screen is drawn: what answers it may begin. */
  drawn(): void
  platform: string
  versions: { app: string; electron: string; chrome: string }
}
