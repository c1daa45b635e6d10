import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { IpcPort } from '#shared/ipc.ts'

/** The two ends of a port inside this process. Values are structured clones, as between processes. */
export function memoryPorts(): [IpcPort, IpcPort] {
  const { port1, port2 } = new MessageChannel()
  return [memoryPort(port1), memoryPort(port2)]
}

export function memoryPort(port: MessagePort): IpcPort {
  return {
    post: (frame) => port.postMessage(frame),
    listen({ frame, closed }) {
      port.once('close', closed)
      port.on('message', frame)
    },
    close: () => port.close(),
  }
}
