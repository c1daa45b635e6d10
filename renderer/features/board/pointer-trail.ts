/** On the screen, in CSS pixels. */
export interface PointerPlace {
  x: number
  y: number
}

/**
 * Where the pointer of a drag is. dnd-kit tells it when it has drawn: who lets go at the end of a quick move, on a busy
 * machine, would drop where the pointer was a frame before.
 */
export class PointerTrail {
  #at: PointerPlace | null = null
  #end: AbortController | null = null

  /** Null: it has not moved since the drag began, or there is none. */
  get at(): PointerPlace | null {
    return this.#at
  }

  begin(): void {
    this.end()
    this.#end = new AbortController()
    const options = { capture: true, passive: true, signal: this.#end.signal }
    const note = ({ clientX: x, clientY: y }: Pick<MouseEvent, 'clientX' | 'clientY'>) => {
      this.#at = { x, y }
    }
    window.addEventListener('mousemove', note, options)
    window.addEventListener('touchmove', ({ touches: [finger] }) => finger && note(finger), options)
  }

  end(): void {
    this.#end?.abort()
    this.#end = null
    this.#at = null
  }
}
