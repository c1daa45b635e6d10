import type { WindowPage } from './window-page.ts'

/** Calls the app of a window as the window itself does; gives what it answers. */
export function callApp<T>(
  page: WindowPage,
  kind: 'query' | 'mutation',
  path: string,
  input: unknown,
): Promise<T> {
  return page.evaluate(`(${CALL})(${JSON.stringify({ t: 'call', id: 1, kind, path, input })})`)
}

/** On a port of its own; the protocol is that of shared/ipc.ts. */
const CALL = `async (call) => {
  const nonce = crypto.randomUUID()
  const port = await new Promise((resolve) => {
    const hear = ({ data, ports }) => {
      if (data?.rangers !== nonce) return
      removeEventListener('message', hear)
      resolve(ports[0])
    }
    addEventListener('message', hear)
    rangers.connect(nonce)
  })
  try {
    return await new Promise((resolve, reject) => {
      port.onmessage = ({ data }) => {
        for (const message of data) {
          if (message.t === 'welcome') port.postMessage([call])
          if (message.t === 'data') resolve(message.data)
          if (message.t === 'error') reject(new Error(message.error.message))
          if (message.t === 'reject') reject(new Error(message.code))
        }
      }
      port.postMessage([{ t: 'hello', v: 1, build: '' }])
    })
  } finally {
    port.close()
  }
}`
