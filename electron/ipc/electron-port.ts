import type { AnyTRPCRouter, inferRouterContext } from '@trpc/server'
import { type IpcMainEvent, ipcMain, type MessagePortMain, type WebContents } from 'electron'
import { IPC_CONNECT_CHANNEL, type IpcPort } from '#shared/ipc.ts'
import type { HeldPorts } from './held-ports.ts'
import { refusal, type SenderPolicy } from './sender.ts'
import { type IpcSession, rejectPort, type ServeOptions, servePort } from './serve.ts'

export interface AcceptOptions<TRouter extends AnyTRPCRouter>
  extends Omit<ServeOptions<TRouter>, 'port' | 'createContext'>,
    SenderPolicy<WebContents> {
  /** Made anew for every call. `windowId` is the id of the web contents: who asks is known from Electron, not from messages. */
  createContext(info: CallInfo): inferRouterContext<TRouter> | Promise<inferRouterContext<TRouter>>
  /** What came before this was called. */
  held?: HeldPorts
}

export interface CallInfo {
  signal: AbortSignal
  windowId: number
}

export interface PortServer {
  /** Accepts no more ports and ends all sessions. */
  dispose(): void
  /** Live sessions: one for every port of every open document. */
  readonly sessions: ReadonlySet<IpcSession>
}

/** Serves the router to every document of the app's windows that asks for a port; turns all others away. */
export function acceptPorts<TRouter extends AnyTRPCRouter>(options: AcceptOptions<TRouter>): PortServer {
  const { createContext, held, ...serving } = options
  const sessions = new Set<IpcSession>()

  function connect(event: IpcMainEvent, documentId: unknown): void {
    const [portMain] = event.ports
    if (portMain === undefined) return
    const port = electronPort(portMain)
    const reason = refusal(event, options)
    if (reason !== null) {
      options.report?.({ kind: 'rejected', code: 'FORBIDDEN', reason })
      rejectPort(port, 'FORBIDDEN')
      return
    }
    const windowId = event.sender.id
    const session = servePort({
      ...serving,
      port,
      createContext: (info) => createContext({ ...info, windowId }),
    })
    sessions.add(session)
    session.signal.addEventListener('abort', () => sessions.delete(session), { once: true })
    endWithDocument(session, event.sender, String(documentId))
  }

  ipcMain.on(IPC_CONNECT_CHANNEL, connect)
  for (const { event, documentId } of held?.release() ?? []) connect(event, documentId)
  return {
    sessions,
    dispose() {
      ipcMain.off(IPC_CONNECT_CHANNEL, connect)
      for (const session of sessions) session.dispose()
    },
  }
}

/** A port of Electron's main process. */
function electronPort(port: MessagePortMain): IpcPort {
  return {
    post: (frame) => port.postMessage(frame),
    listen({ frame, closed }) {
      port.on('message', (event) => frame(event.data))
      port.once('close', closed)
      port.start()
    },
    close: () => port.close(),
  }
}

/**
 * The port's own close arrives some 10 ms after its document is gone. This ends the session also when the renderer dies,
 * the window is destroyed, or the window's next document connects first. Navigation is no sign: a download starts one too.
 */
function endWithDocument(session: IpcSession, contents: WebContents, documentId: string): void {
  const end = () => session.dispose()
  const succeeded = (event: IpcMainEvent, other: unknown) => {
    if (event.senderFrame === contents.mainFrame && String(other) !== documentId) end()
  }
  contents.on('render-process-gone', end)
  contents.on('destroyed', end)
  contents.ipc.on(IPC_CONNECT_CHANNEL, succeeded)
  session.signal.addEventListener('abort', () => {
    if (contents.isDestroyed()) return
    contents.off('render-process-gone', end)
    contents.off('destroyed', end)
    contents.ipc.off(IPC_CONNECT_CHANNEL, succeeded)
  })
}
