import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import { allowedFrom, type BoardTransition } from '#shared/transition.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { CardPlace } from './drop-place.ts'

/** What a person should know of a column before a card from another one is dropped there. */
interface DropRule {
  isAllowed: boolean
  text: string | null
}

const FREE: DropRule = { isAllowed: true, text: null }

interface Target {
  column: Column
  /** Cards that it holds. */
  count: number
  from: Column | undefined
  transitions: readonly BoardTransition[]
}

/** Whether the rules of the board let a card go from one column to another; within one it always may. */
export function mayGo(from: ColumnId, to: ColumnId, transitions: readonly BoardTransition[]): boolean {
  return from === to || (allowedFrom(from, transitions)?.has(to) ?? true)
}

/** What dropping a card on a column would mean. */
function dropRule({ column, count, from, transitions }: Target): DropRule {
  if (!from || from.id === column.id) return FREE
  if (!mayGo(from.id, column.id, transitions))
    return { isAllowed: false, text: texts.boardMoves.notFrom(from.name) }
  if (isFull(column, count)) return { isAllowed: true, text: texts.boardMoves.atLimit(column.wip_limit) }
  return column.triggers_agents ? { isAllowed: true, text: texts.boardMoves.startsAgents } : FREE
}

/** How a column shows what a drop there would mean. */
export interface DropView {
  /** A card from another column is over it, and may be dropped. */
  isTarget: boolean
  isForbidden: boolean
  dropIndex: number | null
  hint: string | null
}

/** What a column shows while a card is dragged; `place` is where that would go. */
export function dropView(target: Target, place: CardPlace | null): DropView {
  const { isAllowed, text } = dropRule(target)
  const isOver = place?.columnId === target.column.id
  const isTarget = isOver && isAllowed && target.from?.id !== target.column.id
  return {
    isTarget,
    isForbidden: !isAllowed,
    dropIndex: isOver && isAllowed ? place.index : null,
    hint: isTarget || !isAllowed ? text : null,
  }
}

/** Whether one more card would be above the column's limit. */
export function isFull({ wip_limit: limit }: Pick<Column, 'wip_limit'>, count: number): boolean {
  return limit !== null && limit > 0 && count >= limit
}
