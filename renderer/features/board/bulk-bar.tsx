import {
  Archive,
  ArrowRight,
  CalendarDays,
  CircleUser,
  Copy,
  Play,
  SignalHigh,
  Tag,
  Trash2,
  Triangle,
  X,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { TaskCard } from '#shared/task.ts'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { runAction } from '../../lib/actions/offers.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { selectNothing } from '../../lib/selection.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import type { BoardState } from './board-state.ts'
import styles from './bulk-bar.module.css'
import { useBulkProgress } from './bulk-progress.ts'
import { useCardsOffers } from './use-cards-offers.ts'

interface BulkBarProps {
  state: BoardState
  count: number
  cards: () => readonly TaskCard[]
}

const BUTTONS: readonly { id: ActionId; icon: ReactNode }[] = [
  { id: 'card.move', icon: <ArrowRight /> },
  { id: 'card.labels', icon: <Tag /> },
  { id: 'card.priority', icon: <SignalHigh /> },
  { id: 'card.assign', icon: <CircleUser /> },
  { id: 'card.due', icon: <CalendarDays /> },
  { id: 'card.estimate', icon: <Triangle /> },
  { id: 'card.run', icon: <Play /> },
  { id: 'card.duplicate', icon: <Copy /> },
  { id: 'card.archive', icon: <Archive /> },
  { id: 'card.delete', icon: <Trash2 /> },
]

/** How many cards are selected, and what can be done with all of them. */
export function BulkBar({ state, count, cards }: BulkBarProps) {
  useCardsOffers({ state, cards })
  const clear = () => selectNothing(state.board.id)
  useOffers({ 'view.escape': { run: clear } })
  return (
    <div className={styles.place}>
      <div className={styles.bar} role="toolbar" aria-label={texts.boardMoves.selectedCards}>
        <span className={styles.count} role="status">
          {texts.boardMoves.cardSelected(count)}
        </span>
        <Progress />
        <span className={styles.buttons}>
          {BUTTONS.map(({ id, icon }) => (
            <ActionButton key={id} id={id} icon={icon} />
          ))}
        </span>
        <IconButton label={texts.boardMoves.clearSelection} shortcut={texts.boardMoves.esc} onClick={clear}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}

function ActionButton({ id, icon }: { id: ActionId; icon: ReactNode }) {
  return (
    <IconButton label={ACTIONS[id].title} shortcut={useShortcut(id)} onClick={() => runAction(id)}>
      {icon}
    </IconButton>
  )
}

const SHOW_AFTER_MS = 1000

/** Only of what takes longer than a second. */
function Progress() {
  const progress = useBulkProgress()
  const isUnderWay = progress !== null
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setTimeout(() => setLong(true), SHOW_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [isUnderWay])
  if (!progress || !isLong) return null
  return (
    <span className={styles.progress}>
      <Spinner />
      {texts.boardMoves.of(progress.done, progress.total)}
    </span>
  )
}
