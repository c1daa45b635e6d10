import { texts } from '../../lib/texts/texts.ts'
import type { FileView } from '../../lib/viewed-files.ts'
import { Badge } from '../../ui/badge.tsx'
import styles from './file-diff.module.css'

interface ViewedBoxProps {
  path: string
  viewed: FileView
  onChange: (isViewed: boolean) => void
}

/** Ticks a file off; says so when it was ticked off as it was before. */
export function ViewedBox({ path, viewed, onChange }: ViewedBoxProps) {
  return (
    <>
      {viewed === 'changed' && <Badge tone="warn">{texts.changes.changedSinceViewed}</Badge>}
      <label className={styles.viewed}>
        <input
          type="checkbox"
          aria-label={texts.changes.viewedFile(path)}
          checked={viewed === 'viewed'}
          onChange={(event) => onChange(event.target.checked)}
        />
        {texts.changes.viewed}
      </label>
    </>
  )
}
