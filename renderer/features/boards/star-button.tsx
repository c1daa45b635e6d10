import { Star } from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './boards-page.module.css'
import { useStars } from './use-stars.ts'

/** Puts a board to the top of all lists, and takes it from there. */
export function StarButton({ board, tabIndex }: { board: BoardListItem; tabIndex: number }) {
  const { isStarred, toggle } = useStars()
  const isOn = isStarred(board.id)
  return (
    <IconButton
      label={isOn ? texts.boards.unstar(board.name) : texts.boards.star(board.name)}
      size="small"
      hasTooltip={false}
      tabIndex={tabIndex}
      className={styles.star}
      aria-pressed={isOn}
      onClick={() => toggle(board.id)}
    >
      <Star />
    </IconButton>
  )
}
