/** What the window that was used last was answered when it asked what it begins with, by `questionKey` (ADR 35). */
export type LastScreen = Readonly<Record<string, unknown>>

/** Where the page of a start finds it, beside itself; given once. */
export const LAST_SCREEN_FILE = 'last-screen.json'

/** An argument of the window's process: it is there. */
export const HAS_LAST_SCREEN = '--rangers-last-screen'

/** On its channel the page tells that its first screen is drawn. */
export const IPC_DRAWN_CHANNEL = 'rangers:drawn'
