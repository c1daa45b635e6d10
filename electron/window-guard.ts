import { type Session, shell, type WebContents } from 'electron'
import { externalLink, isOwnPage } from './window-links.ts'

/**
 * Keeps a window on the app's own pages: links go to the browser after a check, all else is refused. A page of the app
 * that is to open in a window of its own (Ctrl and a press, the middle button, `window.open`) is told to `onOpenHash`.
 */
export function guardContents(
  contents: WebContents,
  appUrl: string,
  onOpenHash: (hash: string) => void = () => {},
): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isOwnPage(url, appUrl)) onOpenHash(new URL(url).hash)
    else openExternally(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (event) => {
    if (isOwnPage(event.url, appUrl)) return
    event.preventDefault()
    if (event.isMainFrame) openExternally(event.url)
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url, appUrl)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  guardSession(contents.session)
}

/** Denies camera, clipboard, location, notifications and all other permissions, whoever asks. */
function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
}

function openExternally(address: string): void {
  const link = externalLink(address)
  // A browser that cannot be started has told the user so itself.
  if (link !== null) shell.openExternal(link).catch(() => {})
}
