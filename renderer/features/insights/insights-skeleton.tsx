import { texts } from '../../lib/texts/texts.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './insights.module.css'

/** The places of the charts while the figures are read. */
export function InsightsSkeleton() {
  return (
    <div className={styles.charts} role="status" aria-label={texts.insights.readingFigures}>
      {[0, 1, 2].map((chart) => (
        <div key={chart} className={styles.section}>
          <Skeleton width="160px" height="16px" />
          <Skeleton height="240px" />
        </div>
      ))}
    </div>
  )
}
