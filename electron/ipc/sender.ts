/** What the check needs to know of who asked for a port; Electron's IpcMainEvent fits. */
export interface ConnectEvent<TContents extends { mainFrame: unknown }> {
  sender: TContents
  senderFrame: { origin: string } | null
}

export interface SenderPolicy<TContents> {
  /** Exact origins of our own pages, such as `app://rangers`. */
  origins: readonly string[]
  /** Whether the app itself opened this window. */
  isTrusted(contents: TContents): boolean
}

/** Why the sender gets no port, as a line for the log; null when it may have one. */
export function refusal<TContents extends { mainFrame: unknown }>(
  { sender, senderFrame }: ConnectEvent<TContents>,
  { origins, isTrusted }: SenderPolicy<TContents>,
): string | null {
  if (senderFrame === null) return 'the frame is gone'
  if (!isTrusted(sender)) return 'the window is not one of the app'
  if (senderFrame !== sender.mainFrame) return 'the frame is not the main frame of its window'
  if (!origins.includes(senderFrame.origin)) return `the origin ${senderFrame.origin} is foreign`
  return null
}
