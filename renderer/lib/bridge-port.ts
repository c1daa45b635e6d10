import type { IpcBridge, IpcPort, ServerMessage } from '#shared/ipc.ts'

/** Asks the preload script for a port and waits for it. Without a bridge (a page in a browser) the port refuses all. */
export function connectByBridge(bridge: Pick<IpcBridge, 'connect'> | undefined): Promise<IpcPort> {
  if (bridge === undefined) return Promise.resolve(refusingPort)
  const nonce = crypto.randomUUID()
  return new Promise((resolve) => {
    function receive(event: MessageEvent): void {
      const port = event.ports[0]
      if (event.source !== window || event.data?.rangers !== nonce || port === undefined) return
      window.removeEventListener('message', receive)
      resolve(browserPort(port))
    }
    window.addEventListener('message', receive)
    bridge.connect(nonce)
  })
}

/** A port of the browser's. Chrome tells of its end since version 122. */
function browserPort(port: MessagePort): IpcPort {
  return {
    post: (frame) => port.postMessage(frame),
    listen({ frame, closed }) {
      port.addEventListener('close', closed, { once: true })
      port.onmessage = (event) => frame(event.data) // setting it starts the port
    },
    close: () => port.close(),
  }
}

const refusal: ServerMessage = { t: 'reject', code: 'FORBIDDEN', supported: [] }
const refusingPort: IpcPort = {
  post: () => {},
  listen: ({ frame }) => queueMicrotask(() => frame([refusal])),
  close: () => {},
}
