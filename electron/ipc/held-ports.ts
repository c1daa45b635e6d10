import { type IpcMainEvent, ipcMain } from 'electron'
import { IPC_CONNECT_CHANNEL } from '#shared/ipc.ts'

/** Requests for a port that came before anybody could answer: the window is opened first, for its first paint. */
export interface HeldPorts {
  /** Gives what was held, and holds no more. */
  release(): { event: IpcMainEvent; documentId: unknown }[]
}

export function holdPorts(): HeldPorts {
  const held: { event: IpcMainEvent; documentId: unknown }[] = []
  const hold = (event: IpcMainEvent, documentId: unknown) => void held.push({ event, documentId })
  ipcMain.on(IPC_CONNECT_CHANNEL, hold)
  return {
    release() {
      ipcMain.off(IPC_CONNECT_CHANNEL, hold)
      return held.splice(0)
    },
  }
}
