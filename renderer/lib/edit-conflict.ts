import { useSyncExternalStore } from 'react'
import type { Task } from '#shared/task.ts'
import type { CardEdit, CardField, CardTexts } from './merge-edit.ts'

/** How a person settles a conflict; `later` leaves the card as it is and what they wrote a draft. */
export type Settlement =
  | { keep: 'theirs' }
  | { keep: 'mine'; mine: Partial<CardTexts> }
  | { keep: 'later'; mine: Partial<CardTexts> }

/** Somebody changed what a person was changing. */
export interface EditConflict {
  id: number
  cardKey: string
  edit: CardEdit
  theirs: Task
  fields: readonly CardField[]
}

interface Question extends EditConflict {
  settle: (settlement: Settlement) => void
}

let questions: readonly Question[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Question[]): void {
  questions = next
  for (const listener of listeners) listener()
}

/** Shows both versions to the person and waits for what they decide. */
export function askAboutConflict(conflict: Omit<EditConflict, 'id'>): Promise<Settlement> {
  return new Promise((resolve) => {
    lastId += 1
    const id = lastId
    const settle = (settlement: Settlement) => {
      set(questions.filter((question) => question.id !== id))
      resolve(settlement)
    }
    set([...questions, { ...conflict, id, settle }])
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The conflict that is to be settled first, if there is one. */
export function useEditConflict(): Question | null {
  return useSyncExternalStore(subscribe, () => questions[0] ?? null)
}
