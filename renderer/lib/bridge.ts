import type { IpcBridge } from '#shared/ipc.ts'

declare global {
  interface Window {
    /** From the preload script; missing when the page is opened in a browser. */
    readonly rangers?: IpcBridge
    /** For the main process; see window-work.ts. */
    rangersWork?: () => Promise<boolean>
  }
}

/** What this window knows of where it runs; nothing in a page of a browser, and where there is no window at all. */
export const bridge: IpcBridge | undefined = typeof window === 'undefined' ? undefined : window.rangers
