import { useEffect, useState } from 'react'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { kept, NOTHING_SELECTED, ranged, type Selection, toggled, withAll } from '../../lib/selection.ts'

/** Which rows are chosen, of those that are shown: one by one, up to one with Shift, or all; Escape lets them go. */
export function useRowSelection(order: readonly string[]) {
  const [chosen, setChosen] = useState<Selection<string>>(NOTHING_SELECTED)
  // Nobody restores what they do not see; what comes back with Undo is not selected any more.
  const { ids } = kept(chosen, (id) => order.includes(id))
  useEffect(() => setChosen((before) => kept(before, (id) => order.includes(id))), [order])
  const clear = () => setChosen(NOTHING_SELECTED)
  useOffers({ 'view.escape': { run: clear, isEnabled: () => ids.size > 0 } })
  return {
    ids,
    isAll: order.length > 0 && ids.size === order.length,
    toggle: (id: string, isRange: boolean) =>
      setChosen((before) => (isRange ? ranged(before, order, id) : toggled(before, id))),
    all: () => setChosen((before) => withAll(before, order)),
    clear,
  }
}

export type RowSelection = ReturnType<typeof useRowSelection>
