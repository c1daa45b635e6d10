/**
 * The page has no layout here: these are the boxes of a board's columns side by side, and of the cards in them, one below
 * the other, in CSS pixels.
 */
export const COLUMN_WIDTH = 300
export const COLUMN_HEIGHT = 600
export const COLUMN_TOP = 100
export const CARD_HEIGHT = 82

export function installLayout(): void {
  // Nothing is drawn either: it is idle after each frame.
  window.requestIdleCallback ??= (work) => window.setTimeout(work)
  const { prototype } = HTMLElement
  Object.defineProperties(prototype, {
    offsetHeight: { configurable: true, get: heightOf },
    clientHeight: { configurable: true, get: heightOf },
    offsetWidth: { configurable: true, get: () => COLUMN_WIDTH },
    clientWidth: { configurable: true, get: () => COLUMN_WIDTH },
  })
  prototype.getBoundingClientRect = function boxOf(this: HTMLElement) {
    return new DOMRect(leftOf(this), topOf(this), COLUMN_WIDTH, heightOf.call(this))
  }
  prototype.scrollTo = function scrollTo(this: HTMLElement, ...to: unknown[]) {
    const [first, second] = to
    const top = typeof first === 'object' && first !== null && 'top' in first ? first.top : second
    this.scrollTop = Number(top)
    queueMicrotask(() => this.dispatchEvent(new Event('scroll')))
  }
  prototype.scrollIntoView = function scrollIntoView(this: HTMLElement) {
    const scroller = this.closest('li[data-index]')?.parentElement?.parentElement
    if (!scroller) return
    const over = COLUMN_TOP - topOf(this)
    const under = topOf(this) + CARD_HEIGHT - COLUMN_TOP - COLUMN_HEIGHT
    if (over > 0 || under > 0) scroller.scrollTo({ top: scroller.scrollTop + (over > 0 ? -over : under) })
  }
}

function heightOf(this: HTMLElement): number {
  return this.closest('li[data-index]') ? CARD_HEIGHT : COLUMN_HEIGHT
}

function leftOf(element: HTMLElement): number {
  const column = element.closest('[data-column-id]')
  const columns = [...document.querySelectorAll('[data-column-id]')]
  return Math.max(0, column ? columns.indexOf(column) : 0) * COLUMN_WIDTH
}

function topOf(element: HTMLElement): number {
  const item = element.closest<HTMLElement>('li[data-index]')
  if (!item) return COLUMN_TOP
  const start = Number(/translateY\((-?[\d.]+)px\)/.exec(item.style.transform)?.[1] ?? 0)
  return COLUMN_TOP + start - (item.parentElement?.parentElement?.scrollTop ?? 0)
}
