import { type ReactNode, useEffect, useRef, useState } from 'react'
import { sidebarWidth } from '#shared/sidebar.ts'
import { useOffers } from '../lib/actions/use-offers.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import { Resizer } from '../ui/resizer.tsx'
import styles from './board-screen.module.css'

const NARROWEST = 360
/** While nobody has chosen a width: this share of the window, within these pixels. */
const FIRST_WIDTH = { share: 0.4, least: 420, most: 560 }
/** What the board keeps for itself, in pixels. */
const BOARD_LEAST = 300

interface SidePanelProps {
  label: string
  resizer: string
  onClose: () => void
  /** It takes the place of the board. */
  isFull?: boolean
  children: ReactNode
}

/** What stands beside the board: as wide as the person likes it, closed by Escape. */
export function SidePanel({ label, resizer, onClose, isFull = false, children }: SidePanelProps) {
  const { isNarrow, ...width } = usePanelWidth()
  const isCovering = isNarrow || isFull
  const Element = isFull ? 'main' : 'aside'
  const panel = useRef<HTMLElement>(null)
  useOffers({ 'view.escape': { run: onClose } })
  const isInsteadOfBoard = isNarrow && !isFull
  useEffect(() => {
    // What had the focus is not to be seen any more.
    if (isInsteadOfBoard && !panel.current?.contains(document.activeElement)) panel.current?.focus()
  }, [isInsteadOfBoard])
  return (
    <Element
      ref={panel}
      tabIndex={isInsteadOfBoard ? -1 : undefined}
      className={styles.panel}
      style={isCovering ? undefined : { width: width.value }}
      data-covering={isCovering}
      aria-label={label}
    >
      {!isCovering && (
        <Resizer
          label={resizer}
          edge="left"
          width={width.value}
          min={NARROWEST}
          max={width.max}
          onChange={width.set}
          onDone={width.save}
          onCancel={width.cancel}
          onReset={width.reset}
        />
      )}
      {children}
    </Element>
  )
}

function usePanelWidth() {
  const { preferences, update } = usePreferences()
  const [dragged, setDragged] = useState<number | null>(null)
  const [windowWidth, setWindowWidth] = useState(innerWidth)
  useEffect(() => {
    const note = () => setWindowWidth(innerWidth)
    addEventListener('resize', note)
    return () => removeEventListener('resize', note)
  }, [])
  const first = Math.min(
    FIRST_WIDTH.most,
    Math.max(FIRST_WIDTH.least, Math.round(windowWidth * FIRST_WIDTH.share)),
  )
  const room = windowWidth - sidebarWidth(preferences) - BOARD_LEAST
  const max = Math.max(NARROWEST, room)
  return {
    /** There is no room for both, as in a window that is zoomed: the card lies over the board. */
    isNarrow: room < NARROWEST,
    max,
    value: Math.min(max, Math.max(NARROWEST, dragged ?? preferences.detail_width ?? first)),
    set: setDragged,
    save: (width: number) => {
      setDragged(null)
      update({ detail_width: width })
    },
    cancel: () => setDragged(null),
    reset: () => update({ detail_width: null }),
  }
}
