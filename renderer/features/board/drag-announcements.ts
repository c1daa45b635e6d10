import type { Announcements } from '@dnd-kit/core'
import type { ColumnId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { positionOf } from './drop-place.ts'
import { mayGo } from './drop-rule.ts'
import type { DragNow } from './use-board-drag.ts'

export const INSTRUCTIONS = {
  draggable: texts.boardMoves.pressSpacePickUp,
}

/** What a screen reader hears of a drag: by key each place, by pointer, which passes hundreds of them, each column. */
export function announcements(live: { readonly current: DragNow }): Announcements {
  const now = () => {
    const { store, last } = live.current
    return { ...live.current, ...(store.now.dragged === null && last ? last : store.now) }
  }
  const name = () => {
    const { dragged, boardKey } = now()
    if (dragged?.kind === 'column') return texts.boardMoves.column(dragged.column.name)
    if (dragged && dragged.group.length > 1) return texts.boardMoves.cards(dragged.group.length)
    return dragged ? `${boardKey}-${dragged.task.number}` : texts.boardMoves.it
  }
  const where = () => {
    const { place, columns, cards, dragged, transitions } = now()
    if (place?.kind === 'column')
      return texts.boardMoves.place(Math.min(place.index + 1, columns.length), columns.length)
    if (place?.kind !== 'card' || dragged?.kind !== 'card') return 'nowhere'
    const column = columns.find((one) => one.id === place.place.columnId)
    const list = cards.get(place.place.columnId as ColumnId) ?? []
    const isForbidden = column && !mayGo(dragged.task.column_id, column.id, transitions)
    if (isForbidden) return texts.boardMoves.whereRulesBoardDo(column.name)
    const starts = column?.triggers_agents ? texts.boardMoves.whichStartsAgents : ''
    return texts.boardMoves.columnPosition(
      column?.name,
      starts,
      positionOf(list, dragged.task.id, place.place.index),
    )
  }
  const isMany = () => {
    const { dragged } = now()
    return dragged?.kind === 'card' && dragged.group.length > 1
  }
  const over = () => texts.boardMoves.over(name(), where(), isMany())
  return {
    onDragStart: () => texts.boardMoves.pickedUp(name(), where(), isMany()),
    onDragMove: () => (live.current.isByKey ? over() : undefined),
    onDragOver: () => (live.current.isByKey ? undefined : over()),
    onDragEnd: () => texts.boardMoves.dropped(name(), where()),
    onDragCancel: () => texts.boardMoves.staysWhere(name(), isMany()),
  }
}
