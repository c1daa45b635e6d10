import { texts } from '../../lib/texts/texts.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './board-skeleton.module.css'

const HEIGHTS = [
  [74, 58, 92],
  [96, 58],
  [58, 74],
  [58, 58, 74, 58],
] as const

/** The place of a board that is being read. */
export function BoardSkeleton() {
  return (
    <div className={styles.page} role="status" aria-label={texts.board.loadingBoard}>
      <div className={styles.bar}>
        <Skeleton width="220px" height="16px" />
      </div>
      <div className={styles.columns}>
        {HEIGHTS.map((cards, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed picture
          <div key={column} className={styles.column}>
            <Skeleton width="96px" height="14px" />
            {cards.map((height, card) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed picture
              <Skeleton key={card} height={`${height}px`} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
