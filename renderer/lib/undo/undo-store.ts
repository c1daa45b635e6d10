import { useSyncExternalStore } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { holdWindow } from '../window-work.ts'
import type { CardStep } from './card-step.ts'
import {
  type CallStep,
  type Direction,
  dropped,
  EMPTY_HISTORY,
  type Entry,
  type History,
  recorded,
  type Step,
  turned,
} from './history.ts'

/** Where something was done: on a board, or with boards and templates as such. */
export type HistoryId = BoardId | 'window'

/** Does what an entry of a history says: the one with this id, else the next one. */
type Runner = (place: HistoryId, direction: Direction, id?: number) => void

const histories = new Map<HistoryId, History>()
const underWay = new Map<HistoryId, Promise<unknown>>()
const listeners = new Set<() => void>()
let runner: Runner | null = null
let lastId = 0

/**
 * Remembers what was done, so that it can be undone. The answer undoes just this, for the button of a toast.
 *
 *     const undo = recordStep(boardId, 'deleted a comment', restoring)
 */
export function recordStep(place: HistoryId, title: string, step: Step, also?: CallStep): () => void {
  lastId += 1
  const id = lastId
  change(place, (history) => recorded(history, { id, title, step, also }))
  return () => runner?.(place, 'undo', id)
}

/**
 * What shows before the app has answered: somebody may undo it before it is known whether it was done. The window stays
 * open for it; false tells that it was not done, of which the person has been told.
 */
export function noteUnderWay<T>(place: HistoryId, done: Promise<T>): Promise<T> {
  const before = underWay.get(place) ?? Promise.resolve()
  const all = Promise.allSettled([before, done])
  underWay.set(place, all)
  void all.then(() => {
    if (underWay.get(place) === all) underWay.delete(place)
  })
  return holdWindow(done)
}

/** Resolves when all that was begun is recorded, or was refused. */
export function whenRecorded(place: HistoryId): Promise<unknown> {
  return underWay.get(place) ?? Promise.resolve()
}

export function canTurn(place: HistoryId, direction: Direction): boolean {
  return historyOf(place)[direction].length > 0 || (direction === 'undo' && underWay.has(place))
}

/** `rest` is what of the entry could not be turned: it stays where it is. */
export function noteTurned(
  place: HistoryId,
  direction: Direction,
  id: number,
  step: Step,
  rest: CardStep | null,
  also?: CallStep,
): void {
  change(place, (history) => turned(history, direction, id, step, rest, also))
}

export function noteDropped(place: HistoryId, id: number): void {
  change(place, (history) => dropped(history, id))
}

export function findEntry(place: HistoryId, direction: Direction, id?: number): Entry | undefined {
  const entries = historyOf(place)[direction]
  return id === undefined ? entries.at(-1) : entries.find((entry) => entry.id === id)
}

/** The one that undoes in this window, whatever it shows. */
export function setUndoRunner(run: Runner): () => void {
  runner = run
  return () => {
    if (runner === run) runner = null
  }
}

export function useHistory(place: HistoryId): History {
  return useSyncExternalStore(subscribe, () => historyOf(place))
}

function historyOf(place: HistoryId): History {
  return histories.get(place) ?? EMPTY_HISTORY
}

function change(place: HistoryId, next: (history: History) => History): void {
  histories.set(place, next(historyOf(place)))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
