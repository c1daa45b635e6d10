/**
 * Says what runs this code as newer versions of Node say it by themselves. `pg` asks, and where nothing tells makes a
 * `Response` to find out: for that the whole code of fetch is read, which a start would wait for.
 */
export function nameRuntime(): void {
  if ('navigator' in globalThis) return
  const userAgent = `Node.js/${process.versions.node.split('.')[0]}`
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent }, configurable: true, writable: true })
}
