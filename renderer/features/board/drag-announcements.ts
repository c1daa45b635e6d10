import type { Announcements } from '@dnd-kit/core'
import type { ColumnId } from '#shared/ids.ts'
import { positionOf } from './drop-place.ts'
import { mayGo } from './drop-rule.ts'
import type { DragNow } from './use-board-drag.ts'

export const INSTRUCTIONS = {
  draggable:
    'Press Space to pick this up. Move it with the arrow keys, press Space again to drop it, or Escape to leave it where it was.',
}

/** What a screen reader hears of a drag: by key each place, by pointer, which passes hundreds of them, each column. */
export function announcements(live: { readonly current: DragNow }): Announcements {
  const now = () => {
    const { store, last } = live.current
    return { ...live.current, ...(store.now.dragged === null && last ? last : store.now) }
  }
  const name = () => {
    const { dragged, boardKey } = now()
    if (dragged?.kind === 'column') return `Column ${dragged.column.name}`
    if (dragged && dragged.group.length > 1) return `${dragged.group.length} cards`
    return dragged ? `${boardKey}-${dragged.task.number}` : 'It'
  }
  const where = () => {
    const { place, columns, cards, dragged, transitions } = now()
    if (place?.kind === 'column')
      return `place ${Math.min(place.index + 1, columns.length)} of ${columns.length}`
    if (place?.kind !== 'card' || dragged?.kind !== 'card') return 'nowhere'
    const column = columns.find((one) => one.id === place.place.columnId)
    const list = cards.get(place.place.columnId as ColumnId) ?? []
    const isForbidden = column && !mayGo(dragged.task.column_id, column.id, transitions)
    if (isForbidden) return `${column.name}, where the rules of this board do not let it go`
    const starts = column?.triggers_agents ? ', which starts agents' : ''
    return `${column?.name ?? 'a column'}${starts}, position ${positionOf(list, dragged.task.id, place.place.index)}`
  }
  return {
    onDragStart: () => `${name()} picked up. It is in ${where()}.`,
    onDragMove: () => (live.current.isByKey ? `${name()} is over ${where()}.` : undefined),
    onDragOver: () => (live.current.isByKey ? undefined : `${name()} is over ${where()}.`),
    onDragEnd: () => `${name()} dropped in ${where()}.`,
    onDragCancel: () => `${name()} stays where it was.`,
  }
}
