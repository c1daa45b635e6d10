import { UnavailableError } from '#shared/errors.ts'
import type { Desktop } from '../platform/desktop-port.ts'

const noDesktop = () =>
  new UnavailableError('NO_DESKTOP', 'This needs the app’s window. Start it with “npm start”.')

/** A terminal has no dialogs and no key ring: the key comes from the environment. */
export const terminalDesktop: Desktop = {
  pickFolder: () => Promise.reject(noDesktop()),
  pickFile: () => Promise.reject(noDesktop()),
  pickSavePath: () => Promise.reject(noDesktop()),
  showInFolder: () => Promise.reject(noDesktop()),
  openPath: () => Promise.reject(noDesktop()),
  copyText: () => Promise.reject(noDesktop()),
  notices: null,
  secrets: {
    isAvailable: () => false,
    encrypt: () => {
      throw noDesktop()
    },
    decrypt: () => {
      throw noDesktop()
    },
  },
}
