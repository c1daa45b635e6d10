import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('floor', {
  cards: () => ipcRenderer.invoke('cards'),
  onCard: (hear: (card: unknown) => void) => ipcRenderer.on('card', (_event, card) => hear(card)),
})
