import type { KeyboardCoordinateGetter } from '@dnd-kit/core'
import { DIRECTIONS } from './arrow-keys.ts'
import type { DropPlace } from './drag-store.ts'
import { type Direction, nextPlace } from './drop-place.ts'
import type { DragNow } from './use-board-drag.ts'

/** Moves what is dragged from place to place by the arrow keys, whether or not the place is on the screen yet. */
export function boardKeyboardGetter(live: { readonly current: DragNow }): KeyboardCoordinateGetter {
  return (event) => {
    const direction = DIRECTIONS[event.code]
    const now = live.current
    if (!direction || !now.store.now.dragged || !now.store.now.place) return undefined
    event.preventDefault()
    const next = step(now, direction)
    now.store.set({ place: next })
    if (next.kind === 'card') return now.handles.get(next.place.columnId)?.showIndex(next.place.index)
    const column = now.columns[Math.min(next.index, now.columns.length - 1)]
    const rect = column && now.handles.get(column.id)?.rect()
    return rect && { x: rect.left, y: rect.top }
  }
}

function step(now: DragNow, direction: Direction): DropPlace {
  const { store, columns, cards } = now
  const { dragged, place } = store.now
  if (dragged?.kind === 'card' && place?.kind === 'card') {
    const shape = columns.map((column) => ({ id: column.id, cards: cards.get(column.id) ?? [] }))
    const next = nextPlace(shape, dragged.task.id, place.place, direction)
    const isStrip = now.collapsed.has(next.columnId)
    return { kind: 'card', place: isStrip ? { ...next, index: cards.get(next.columnId)?.length ?? 0 } : next }
  }
  const index = place?.kind === 'column' ? place.index : 0
  const home =
    dragged?.kind === 'column' ? columns.findIndex((column) => column.id === dragged.column.id) : -1
  return { kind: 'column', index: nextColumnIndex(index, home, columns.length, direction) }
}

/** Index of the column before which it would go; the place right behind itself is where it is, so it is skipped. */
function nextColumnIndex(index: number, home: number, count: number, direction: Direction): number {
  const by = direction === 'left' ? -1 : direction === 'right' ? 1 : 0
  const next = index + by
  const skipped = next === home + 1 ? next + by : next
  return skipped < 0 || skipped > count ? index : skipped
}
