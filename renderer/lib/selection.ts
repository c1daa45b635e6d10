import { useCallback, useSyncExternalStore } from 'react'
import type { BoardId, TaskId } from '#shared/ids.ts'

/** What a person has chosen of a list, such as cards, to do something with all of it. */
export interface Selection<Id extends string = TaskId> {
  ids: ReadonlySet<Id>
  /** Where a range begins, and where the last one ended. */
  anchor: Id | null
  head: Id | null
}

export const NOTHING_SELECTED: Selection<never> = { ids: new Set(), anchor: null, head: null }

export function toggled<Id extends string>({ ids }: Selection<Id>, id: Id): Selection<Id> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next.size === 0 ? NOTHING_SELECTED : { ids: next, anchor: id, head: id }
}

/** From the anchor to this one, in the order in which they are shown; in place of the range before. */
export function ranged<Id extends string>(
  selection: Selection<Id>,
  order: readonly Id[],
  to: Id,
): Selection<Id> {
  const anchor = selection.anchor !== null && order.includes(selection.anchor) ? selection.anchor : to
  const ids = new Set(selection.ids)
  if (selection.head !== null) for (const id of between(order, anchor, selection.head)) ids.delete(id)
  for (const id of between(order, anchor, to)) ids.add(id)
  return { ids, anchor, head: to }
}

function between<Id extends string>(order: readonly Id[], from: Id, to: Id): readonly Id[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)]
  return a === -1 || b === -1 ? [] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}

export function withAll<Id extends string>(selection: Selection<Id>, order: readonly Id[]): Selection<Id> {
  if (order.length === 0) return selection
  const ids = new Set([...selection.ids, ...order])
  return { ids, anchor: order[0] ?? null, head: order.at(-1) ?? null }
}

/** Without those that are not shown any more: nobody changes what they do not see. */
export function kept<Id extends string>(
  selection: Selection<Id>,
  isShown: (id: Id) => boolean,
): Selection<Id> {
  const ids = [...selection.ids].filter(isShown)
  if (ids.length === selection.ids.size) return selection
  if (ids.length === 0) return NOTHING_SELECTED
  const stays = (id: Id | null) => (id !== null && isShown(id) ? id : null)
  return { ids: new Set(ids), anchor: stays(selection.anchor), head: stays(selection.head) }
}

const selections = new Map<BoardId, Selection>()
const listeners = new Set<() => void>()

export function selectionOf(boardId: BoardId): Selection {
  return selections.get(boardId) ?? NOTHING_SELECTED
}

/** Changes what is selected on a board of this window. */
export function select(boardId: BoardId, change: (selection: Selection) => Selection): void {
  const before = selectionOf(boardId)
  const next = change(before)
  if (next === before) return
  selections.set(boardId, next)
  for (const listener of listeners) listener()
}

export function selectNothing(boardId: BoardId): void {
  select(boardId, (before) => (before.ids.size === 0 ? before : NOTHING_SELECTED))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSelection(boardId: BoardId): Selection {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => selectionOf(boardId), [boardId]),
  )
}

/** Of one card, so that a change draws only those anew that it concerns. */
export function useIsSelected(boardId: BoardId, id: TaskId): boolean {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => selectionOf(boardId).ids.has(id), [boardId, id]),
  )
}

/** By key, from a card to the one beside it. */
export function extendSelection(boardId: BoardId, from: TaskId, to: TaskId, order: readonly TaskId[]): void {
  select(boardId, (before) => {
    const start = before.head === from ? before : { ...before, anchor: from, head: null }
    return ranged(start, order, to)
  })
}

/**
 * What a press on a card selects: with Ctrl (⌘ on a Mac) this one too, with Shift all up to it. False: it was a plain
 * press, which selects nothing and means something else.
 */
export function selectByPress(
  boardId: BoardId,
  id: TaskId,
  press: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean },
  order: () => readonly TaskId[],
): boolean {
  if (press.shiftKey) select(boardId, (before) => ranged(before, order(), id))
  else if (press.ctrlKey || press.metaKey) select(boardId, (before) => toggled(before, id))
  else return false
  return true
}
