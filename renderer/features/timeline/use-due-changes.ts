import { useCallback, useMemo, useRef, useState } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { holdWindow } from '../../lib/window-work.ts'

/** Saves a date; false: it is not saved, and the person has been told. */
export type SaveDue = (card: TaskCard, day: string | null) => Promise<boolean>

interface Change {
  /** As it was at the first change, with the date that was saved last. */
  card: TaskCard
  day: string | null
}

/**
 * Cards with the dates that a person has given them, at once. Of one card only one change is under way: what is wanted
 * meanwhile goes out after it, so that each press of a burst counts from the one before.
 */
export function useDueChanges(cards: readonly TaskCard[], save: SaveDue) {
  const wanted = useRef(new Map<TaskId, Change>())
  const [shown, setShown] = useState<ReadonlyMap<TaskId, Change>>(wanted.current)
  const latest = useRef(save)
  latest.current = save

  const dueOf = useCallback((card: TaskCard) => dayOf(card, wanted.current), [])
  const change = useCallback((card: TaskCard, day: string | null) => {
    const all = wanted.current
    const show = () => setShown(new Map(all))
    const known = all.get(card.id)
    if (known) known.day = day
    else {
      const started: Change = { card, day }
      all.set(card.id, started)
      void holdWindow(saveAll(started, latest)).finally(() => {
        all.delete(card.id)
        show()
      })
    }
    show()
  }, [])

  const withChanges = useMemo(
    () =>
      shown.size === 0
        ? cards
        : cards.map((card) => (shown.has(card.id) ? { ...card, due_date: dayOf(card, shown) } : card)),
    [cards, shown],
  )
  return { cards: withChanges, dueOf, change }
}

/** False: the last one is not saved. */
async function saveAll(change: Change, save: { current: SaveDue }): Promise<boolean> {
  while (change.day !== change.card.due_date) {
    const { day } = change
    if (!(await save.current(change.card, day))) return false
    change.card = { ...change.card, due_date: day }
  }
  return true
}

function dayOf(card: TaskCard, changes: ReadonlyMap<TaskId, Change>): string | null {
  const change = changes.get(card.id)
  return change ? change.day : card.due_date
}
