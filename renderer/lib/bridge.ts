import type { IpcBridge } from '#shared/ipc.ts'

declare global {
  interface Window {
    /** From the preload script; missing when the page is opened in a browser. */
    readonly rangers?: IpcBridge
  }
}

/** What this window knows of where it runs. */
export const bridge: IpcBridge | undefined = window.rangers
