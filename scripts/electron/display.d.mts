/** See display.mjs. */
export function needsVirtualDisplay(env?: NodeJS.ProcessEnv): boolean
export function openVirtualDisplay(): Promise<{
  env: { DISPLAY: string; XAUTHORITY: string }
  close(): Promise<void>
}>
