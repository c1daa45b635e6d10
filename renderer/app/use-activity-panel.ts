import { useOffers } from '../lib/actions/use-offers.ts'
import { texts } from '../lib/texts/texts.ts'
import { useMedia } from '../lib/use-media.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** From here on the board, its feed and an open card have room beside each other. */
const WIDE = '(min-width: 1600px)'
/** Up to here the feed takes the place of the board, as in a window that is zoomed. */
const NARROW = '(max-width: 860px)'

/** Whether the board's feed is shown: as the person left it, but an open card goes first where there is little room. */
export function useActivityPanel(isCardOpen: boolean, closeCard: () => void) {
  const { preferences, update } = usePreferences()
  const isWide = useMedia(WIDE)
  const isCovering = useMedia(NARROW)
  const isShown = preferences.activity_open && (isWide || !isCardOpen)
  const toggle = () => {
    if (!isShown && isCardOpen && !isWide) closeCard()
    update({ activity_open: !isShown })
  }
  useOffers({
    'board.activity': { run: toggle, title: isShown ? texts.app.hideActivity : texts.app.showActivity },
  })
  return { isShown, isCovering, toggle }
}
