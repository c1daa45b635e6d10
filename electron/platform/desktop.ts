import { join } from 'node:path'
import { app, BrowserWindow, clipboard, dialog, safeStorage, shell } from 'electron'
import { UnavailableError } from '#shared/errors.ts'
import { electronNotices } from './desktop-notices.ts'
import type { Desktop, FileType } from './desktop-port.ts'

/** The desktop that Electron offers. */
export const electronDesktop: Desktop = {
  pickFolder: (title) => pickOne({ title, properties: ['openDirectory', 'createDirectory'] }),
  pickFile: ({ title, types }) => pickOne({ title, properties: ['openFile'], filters: withAll(types) }),
  async pickSavePath({ title, fileName, types }) {
    const parent = parentWindow()
    const options: Electron.SaveDialogOptions = {
      title,
      defaultPath: join(app.getPath('documents'), fileName),
      filters: withAll(types),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    }
    const result = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
    return result.filePath || null
  },
  async showInFolder(path) {
    shell.showItemInFolder(path)
  },
  async openPath(path) {
    const problem = await shell.openPath(path) // it does not reject
    if (problem !== '') throw cannotOpen(path)
  },
  async copyText(text) {
    clipboard.writeText(text)
  },
  notices: electronNotices,
  secrets: {
    isAvailable: () =>
      safeStorage.isEncryptionAvailable() &&
      // On Linux without a keyring the "encryption" has a fixed password: that is no protection.
      (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (data) => safeStorage.decryptString(data),
  },
}

function cannotOpen(path: string): UnavailableError {
  return new UnavailableError(
    'CANNOT_OPEN',
    `No program of this system opened “${path}”. Open it yourself there.`,
  )
}

async function pickOne(options: Electron.OpenDialogOptions): Promise<string | null> {
  const parent = parentWindow()
  const result = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
  return result.filePaths[0] ?? null
}

function parentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
}

function withAll(types: readonly FileType[]): FileType[] {
  return [...types, { name: 'All files', extensions: ['*'] }]
}
