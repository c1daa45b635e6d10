import { BrowserWindow, dialog, safeStorage, shell } from 'electron'
import type { Desktop } from './desktop-port.ts'

/** The desktop that Electron offers. */
export const electronDesktop: Desktop = {
  async pickFolder(title) {
    const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    const options: Electron.OpenDialogOptions = { title, properties: ['openDirectory', 'createDirectory'] }
    const result = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return result.filePaths[0] ?? null
  },
  async openPath(path) {
    await shell.openPath(path)
  },
  secrets: {
    isAvailable: () =>
      safeStorage.isEncryptionAvailable() &&
      // On Linux without a keyring the "encryption" has a fixed password: that is no protection.
      (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (data) => safeStorage.decryptString(data),
  },
}
