import type { ActionId } from '../../lib/actions/catalogue.ts'
import { actingElement } from '../../lib/actions/palette-state.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'

/** Offers an action on the open card, which opens what stands at its property, unless another card has the focus: then it is meant for that one. */
export function useCardOffer(id: ActionId, taskId: string, run: () => void): void {
  const isEnabled = () => {
    const element = actingElement()
    const focused = element instanceof HTMLElement ? element.dataset.taskId : undefined
    return focused === undefined || focused === taskId
  }
  const open = () => {
    document.querySelector(`[data-property="${id}"]`)?.scrollIntoView({ block: 'nearest' })
    run()
  }
  useOffers({ [id]: { run: open, isEnabled } })
}
