import { createContext, useContext, useRef, useSyncExternalStore } from 'react'
import type { Column } from '#shared/column.ts'
import type { TaskCard } from '#shared/task.ts'
import { useBoardScope } from './board-context.ts'
import type { CardPlace } from './drop-place.ts'
import { dropView } from './drop-rule.ts'

/** With a card that is one of several selected ones, those go too: `group` is all of them, as they stand. */
export type Dragged =
  | { kind: 'card'; task: TaskCard; group: readonly TaskCard[] }
  | { kind: 'column'; column: Column }
export type DropPlace = { kind: 'card'; place: CardPlace } | { kind: 'column'; index: number }

interface DragState {
  dragged: Dragged | null
  /** Where it would go. */
  place: DropPlace | null
}

/**
 * The drag over a board. It is kept beside React's tree: with each step of the mouse only that is drawn anew which looks
 * at the part that changed.
 */
export class DragStore {
  #now: DragState = { dragged: null, place: null }
  readonly #listeners = new Set<() => void>()

  get now(): DragState {
    return this.#now
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(change: Partial<DragState>): void {
    const next = { ...this.#now, ...change }
    if (next.dragged === this.#now.dragged && isSamePlace(next.place, this.#now.place)) return
    this.#now = next
    for (const listener of [...this.#listeners]) listener()
  }
}

function isSamePlace(a: DropPlace | null, b: DropPlace | null): boolean {
  if (a?.kind === 'card' && b?.kind === 'card') {
    return a.place.columnId === b.place.columnId && a.place.index === b.place.index
  }
  if (a?.kind === 'column' && b?.kind === 'column') return a.index === b.index
  return a === b
}

const Store = createContext(new DragStore())

export const DragStoreProvider = Store.Provider

export function useDragged(): Dragged | null {
  const store = useContext(Store)
  return useSyncExternalStore(store.subscribe, () => store.now.dragged)
}

/** Whether a dragged column would go before the one at this index. */
export function useIsColumnPlace(index: number): boolean {
  const store = useContext(Store)
  return useSyncExternalStore(store.subscribe, () => {
    const { place } = store.now
    return place?.kind === 'column' && place.index === index
  })
}

/** What a column shows of the drag, all but the place among its cards. */
export interface ColumnDrop {
  /** A card from another column is over it, and may be dropped. */
  isTarget: boolean
  /** The rules of the board do not let the dragged card in. */
  isForbidden: boolean
  /** A card would go somewhere into it. */
  isOver: boolean
  /** What a drop would mean. */
  hint: string | null
}

/** The same object while nothing of it changes. */
export function useColumnDrop(column: Column, count: number): ColumnDrop {
  const viewOf = useDropView(column, count)
  const last = useRef<ColumnDrop>(NOTHING)
  return useSyncExternalStore(useContext(Store).subscribe, () => {
    const { isTarget, isForbidden, hint, dropIndex } = viewOf()
    const next = { isTarget, isForbidden, hint, isOver: dropIndex !== null }
    if (!isSameDrop(last.current, next)) last.current = next
    return last.current
  })
}

const NOTHING: ColumnDrop = { isTarget: false, isForbidden: false, isOver: false, hint: null }

function isSameDrop(a: ColumnDrop, b: ColumnDrop): boolean {
  return (
    a.isTarget === b.isTarget && a.isForbidden === b.isForbidden && a.isOver === b.isOver && a.hint === b.hint
  )
}

/** Before which of its cards the dragged one would go; null: it is elsewhere, or may not. */
export function useDropIndex(column: Column, count: number): number | null {
  const viewOf = useDropView(column, count)
  return useSyncExternalStore(useContext(Store).subscribe, () => viewOf().dropIndex)
}

function useDropView(column: Column, count: number) {
  const store = useContext(Store)
  const { columns, transitions } = useBoardScope()
  return () => {
    const { dragged, place } = store.now
    const home = dragged?.kind === 'card' ? dragged.task.column_id : null
    const from = home === null ? undefined : columns.find(({ id }) => id === home)
    return dropView({ column, count, from, transitions }, place?.kind === 'card' ? place.place : null)
  }
}
