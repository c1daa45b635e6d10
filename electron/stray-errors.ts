/** An error that no part of the program has waited for. */
export interface StrayError {
  kind: 'uncaught_exception' | 'unhandled_rejection'
  error: unknown
}

/** As much of `process` as this needs. */
export interface ErrorSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/**
 * Tells of stray errors, and lets the app go on: what broke is one call or one step, while agents are at work on others.
 * Without it Electron stops a person with a stack in a dialog, and the log knows nothing.
 */
export function hearStrayErrors(source: ErrorSource, tell: (stray: StrayError) => void): void {
  source.on('uncaughtException', (error) => tell({ kind: 'uncaught_exception', error }))
  source.on('unhandledRejection', (error) => tell({ kind: 'unhandled_rejection', error }))
}
