/**
 * Holds the keys that a person presses between the key that picks something up and the moment at which dnd-kit listens
 * (it begins in a task of its own, which waits behind the drawing and behind the keys), and gives them to it in their
 * order. Call it as the key picks up; it ends by itself.
 */
export function keepEarlyKeys(): void {
  const early: KeyboardEvent[] = []
  const keep = (event: KeyboardEvent) => {
    if (event.repeat && event.code === 'Space') return
    early.push(event)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const begin = () => window.addEventListener('keydown', keep, { capture: true })
  const end = () => {
    window.removeEventListener('keydown', keep, { capture: true })
    for (const { code, key } of early) {
      const again = new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true })
      document.dispatchEvent(again)
    }
  }
  begin()
  // dnd-kit sets its timer after this one: what runs in a timer set by this one runs after it.
  setTimeout(() => setTimeout(end))
}
