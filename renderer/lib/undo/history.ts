import type { CardStep } from './card-step.ts'

/** Something else than cards: doing it gives the step that reverses it. */
export interface CallStep {
  kind: 'call'
  run: () => Promise<CallStep>
}

export type Step = CardStep | CallStep

/** One thing that a person has done on a board. */
export interface Entry {
  id: number
  /** What was done, in the past: "moved RNG-3 to Done". */
  title: string
  /** What takes it back; in the list of what was undone, what does it again. */
  step: Step
  /** What goes after it once all of it is done: labels that came with cards. */
  also?: CallStep | undefined
}

/** What a person can undo and do again; the last one is the next. */
export interface History {
  undo: readonly Entry[]
  redo: readonly Entry[]
}

export type Direction = keyof History

export const EMPTY_HISTORY: History = { undo: [], redo: [] }

const MOST_ENTRIES = 200

/** After something was done: what had been undone before cannot be done again. */
export function recorded(history: History, entry: Entry): History {
  const undo = [...history.undo.map((one) => follow(one, entry.step)), entry]
  return { undo: undo.slice(-MOST_ENTRIES), redo: [] }
}

/** An entry was undone, or done again; `step` reverses that. What of it was not turned stays, as `rest`. */
export function turned(
  history: History,
  direction: Direction,
  id: number,
  step: Step,
  rest: CardStep | null = null,
  also?: CallStep,
): History {
  const entry = history[direction].find((one) => one.id === id)
  if (!entry) return history
  const other = direction === 'undo' ? 'redo' : 'undo'
  const left = history[direction].flatMap((one) => {
    if (one.id !== id) return [follow(one, step)]
    return rest ? [{ ...one, step: rest }] : []
  })
  const turnedOver = [...history[other].map((one) => follow(one, step)), { ...entry, step, also }]
  return direction === 'undo' ? { undo: left, redo: turnedOver } : { undo: turnedOver, redo: left }
}

/** It cannot be done any more. */
export function dropped(history: History, id: number): History {
  return {
    undo: history.undo.filter((one) => one.id !== id),
    redo: history.redo.filter((one) => one.id !== id),
  }
}

/** The own change of a card is not one that others have made: entries that knew it before know it now. */
function follow(entry: Entry, done: Step): Entry {
  if (entry.step.kind !== 'cards' || done.kind !== 'cards') return entry
  const versions = new Map(done.cards.map((card) => [card.id, card]))
  const cards = entry.step.cards.map((card) => {
    const change = versions.get(card.id)
    return change && change.seen === card.version ? { ...card, version: change.version } : card
  })
  return { ...entry, step: { kind: 'cards', cards } }
}
