import { useSyncExternalStore } from 'react'
import type { BoardId } from '#shared/ids.ts'
import {
  type Direction,
  dropped,
  EMPTY_HISTORY,
  type Entry,
  type History,
  recorded,
  type Step,
  turned,
} from './history.ts'

/** Does what an entry says: the one with this id, else the next one. */
type Runner = (direction: Direction, id?: number) => void

const histories = new Map<BoardId, History>()
const underWay = new Map<BoardId, Promise<unknown>>()
const runners = new Map<BoardId, Runner>()
const listeners = new Set<() => void>()
let lastId = 0

/**
 * Remembers what was done on a board, so that it can be undone. The answer undoes just this, for the button of a toast.
 *
 *     const undo = recordStep(boardId, 'deleted a comment', restoring)
 */
export function recordStep(boardId: BoardId, title: string, step: Step): () => void {
  lastId += 1
  const id = lastId
  change(boardId, (history) => recorded(history, { id, title, step }))
  return () => runners.get(boardId)?.('undo', id)
}

/** What shows before the app has answered: somebody may undo it before it is known whether it was done. */
export function noteUnderWay<T>(boardId: BoardId, done: Promise<T>): Promise<T> {
  const before = underWay.get(boardId) ?? Promise.resolve()
  const all = Promise.allSettled([before, done])
  underWay.set(boardId, all)
  void all.then(() => {
    if (underWay.get(boardId) === all) underWay.delete(boardId)
  })
  return done
}

/** Resolves when all that was begun is recorded, or was refused. */
export function whenRecorded(boardId: BoardId): Promise<unknown> {
  return underWay.get(boardId) ?? Promise.resolve()
}

export function canTurn(boardId: BoardId, direction: Direction): boolean {
  return historyOf(boardId)[direction].length > 0 || (direction === 'undo' && underWay.has(boardId))
}

export function noteTurned(boardId: BoardId, direction: Direction, id: number, step: Step): void {
  change(boardId, (history) => turned(history, direction, id, step))
}

export function noteDropped(boardId: BoardId, id: number): void {
  change(boardId, (history) => dropped(history, id))
}

export function findEntry(boardId: BoardId, direction: Direction, id?: number): Entry | undefined {
  const entries = historyOf(boardId)[direction]
  return id === undefined ? entries.at(-1) : entries.find((entry) => entry.id === id)
}

/** The one place that undoes for a board, while it is on the screen. */
export function setUndoRunner(boardId: BoardId, run: Runner): () => void {
  runners.set(boardId, run)
  return () => {
    if (runners.get(boardId) === run) runners.delete(boardId)
  }
}

export function useHistory(boardId: BoardId): History {
  return useSyncExternalStore(subscribe, () => historyOf(boardId))
}

function historyOf(boardId: BoardId): History {
  return histories.get(boardId) ?? EMPTY_HISTORY
}

function change(boardId: BoardId, next: (history: History) => History): void {
  histories.set(boardId, next(historyOf(boardId)))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
