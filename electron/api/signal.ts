/** tRPC hands a signal to every call over our link; a direct caller may leave it out, and then nothing cancels. */
export function signalOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal
}
