import { contextBridge, ipcRenderer } from 'electron'
import '../../electron/preload.ts'
import { RAW_CHANNEL, RESULT_CHANNEL } from './shapes.ts'

contextBridge.exposeInMainWorld('raw', {
  invoke: (what: string) => ipcRenderer.invoke(RAW_CHANNEL, what),
  result: (result: unknown) => ipcRenderer.send(RESULT_CHANNEL, result),
})
