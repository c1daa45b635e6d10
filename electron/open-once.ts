/**
 * Opens something at the first call and gives the same to every later one. A failed opening is told to all who wait
 * and tried anew by the next call: "Try again" in the window is just another call.
 */
export function openOnce<T>(open: () => Promise<T>): { get(): Promise<T>; opened(): Promise<T> | null } {
  let opening: Promise<T> | null = null
  return {
    get() {
      opening ??= open().catch((error: unknown) => {
        opening = null
        throw error
      })
      return opening
    },
    opened: () => opening,
  }
}
