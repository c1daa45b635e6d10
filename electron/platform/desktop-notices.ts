import { app, BrowserWindow, Notification, nativeImage } from 'electron'
import type { DesktopNotices, NoticePlace } from './desktop-port.ts'

const DOT_SIZE = 16
/** Blue, green, red, opacity. */
const DOT_COLOR = [0x4d, 0x48, 0xe5, 0xff]

/** Those that are on the screen: one that is let go of would lose its click. */
const onScreen = new Set<Notification>()

/** The system's own notices, and the number at the app's icon. */
export const electronNotices: DesktopNotices = {
  show({ title, body, place }) {
    if (!Notification.isSupported()) return
    const notice = new Notification({ title, body })
    const forget = () => onScreen.delete(notice)
    onScreen.add(notice)
    notice.on('close', forget)
    notice.on('failed', forget)
    notice.on('click', () => {
      forget()
      bringUp(place)
    })
    notice.show()
  },
  badge(count) {
    app.setBadgeCount(count)
    if (process.platform !== 'win32') return
    const dot = count > 0 ? dotImage() : null
    for (const window of BrowserWindow.getAllWindows())
      window.setOverlayIcon(dot, count > 0 ? `${count} unread` : '')
  },
  isInView(taskId) {
    const address = BrowserWindow.getFocusedWindow()?.webContents.getURL()
    return address?.includes(`/task/${taskId}`) ?? false
  },
}

/** A window on the place, or on the inbox, in front of all others. */
function bringUp(place: NoticePlace | null): void {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  app.focus({ steal: true })
  const hash = JSON.stringify(hashOf(place))
  // A page that is just being loaded, or is gone, has no place to go to.
  window.webContents.executeJavaScript(`location.hash = ${hash}`).catch(() => {})
}

/** As renderer/lib/route.ts has it. */
function hashOf(place: NoticePlace | null): string {
  if (!place) return '#/inbox'
  return `#/board/${place.board_id}${place.task_id ? `/task/${place.task_id}` : ''}`
}

/** A filled circle, as Windows puts it on the icon in the task bar. */
function dotImage(): Electron.NativeImage {
  const pixels = Buffer.alloc(DOT_SIZE * DOT_SIZE * 4)
  const middle = (DOT_SIZE - 1) / 2
  for (let at = 0; at < DOT_SIZE * DOT_SIZE; at++) {
    const [x, y] = [at % DOT_SIZE, Math.floor(at / DOT_SIZE)]
    if (Math.hypot(x - middle, y - middle) <= DOT_SIZE / 2) pixels.set(DOT_COLOR, at * 4)
  }
  return nativeImage.createFromBitmap(pixels, { width: DOT_SIZE, height: DOT_SIZE })
}
