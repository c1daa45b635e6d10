import { useEffect, useInsertionEffect, useLayoutEffect, useRef } from 'react'
import type { ActionId } from './catalogue.ts'
import { addOffer, type Offer, offersChanged } from './offers.ts'
import { paletteState } from './palette-state.ts'

export type Offers = Partial<Record<ActionId, Offer>>

/**
 * Offers actions while the component is mounted: their keys do them, the palette lists them.
 *
 *     useOffers({ 'board.undo': { run: undo, isEnabled: () => history.canUndo } })
 */
export function useOffers(offers: Offers): void {
  const latest = useRef(offers)
  // Before any effect or event of this drawing: a key must never meet the closures of the one before.
  useInsertionEffect(() => {
    latest.current = offers
  })
  const ids = Object.keys(offers).join(' ')
  // Not after the drawing: whoever sees the thing can use its keys.
  useLayoutEffect(() => {
    const all = ids.split(' ').filter(Boolean) as ActionId[]
    const removals = all.map((id) => addOffer(id, () => latest.current[id]))
    return () => {
      for (const remove of removals) remove()
    }
  }, [ids])
  // An open palette shows what can be done and chosen now.
  useEffect(() => {
    if (paletteState()) offersChanged()
  })
}
