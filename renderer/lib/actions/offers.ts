import type { ReactNode } from 'react'
import type { ActionId } from './catalogue.ts'
import { openPalette } from './palette-state.ts'

/** One of the things that an action asks to choose from, such as a column to move to. */
export interface Choice {
  id: string
  title: string
  hint?: string
  icon?: ReactNode
  keywords?: string
  /** It is the case now: the palette ticks it. */
  isChosen?: boolean
  /** Made from the text that was typed, so that it always fits. */
  isAnswer?: boolean
  /** More of them may be chosen: the palette stays. */
  keepsOpen?: boolean
  run: () => void
}

interface Offered {
  /** Whether it can be done now; also asked when nothing was drawn in between. */
  isEnabled?: () => boolean
  /** What it is for: "RNG-12 Mend the sum". */
  subject?: () => string | undefined
  /** In place of the catalogue's title, where more can be said: "Undo the move of 3 cards". */
  title?: string
}

/** How a mounted feature does an action: at once, or after a choice on a page of the palette. */
export type Offer = Offered &
  ({ run: () => void; choices?: never } | { choices: (text: string) => readonly Choice[]; run?: never })

interface Entry {
  id: ActionId
  read: () => Offer | undefined
}

let entries: readonly Entry[] = []
let version = 0
const listeners = new Set<() => void>()

/** Offers an action until the answer is called. */
export function addOffer(id: ActionId, read: () => Offer | undefined): () => void {
  const entry = { id, read }
  entries = [...entries, entry]
  offersChanged()
  return () => {
    entries = entries.filter((one) => one !== entry)
    offersChanged()
  }
}

/** What holds for an action now: of those that can be done, the one that was mounted last. */
export function findOffer(id: ActionId): Offer | undefined {
  for (const entry of entries.toReversed()) {
    const offer = entry.id === id ? entry.read() : undefined
    if (offer && (offer.isEnabled?.() ?? true)) return offer
  }
  return undefined
}

/** Does the action, or asks for its choice; false when nobody offers it now. */
export function runAction(id: ActionId): boolean {
  const offer = findOffer(id)
  if (!offer) return false
  if (offer.choices) openPalette(id)
  else offer.run()
  return true
}

/** To be told when there is more or less on offer, or other choices. */
export function subscribeOffers(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Rises with each change, for useSyncExternalStore. */
export function offersVersion(): number {
  return version
}

export function offersChanged(): void {
  version += 1
  for (const listener of listeners) listener()
}
