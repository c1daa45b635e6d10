import type { ReactNode } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import styles from './put-away.module.css'
import type { RowSelection } from './use-row-selection.ts'

interface SelectionBarProps {
  selection: RowSelection
  isBusy: boolean
  onRestore: () => void
  /** What else can be done with all that are selected. */
  children?: ReactNode
}

/** Above the rows: all of them at once, how many are selected, and what can be done with those. */
export function SelectionBar({ selection, isBusy, onRestore, children }: SelectionBarProps) {
  const { ids, isAll, all, clear } = selection
  const count = ids.size
  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.trash.selectedRows}>
      <label className={styles.all}>
        <input
          ref={(box) => {
            if (box) box.indeterminate = count > 0 && !isAll
          }}
          type="checkbox"
          checked={isAll}
          onChange={() => (isAll ? clear() : all())}
        />
        {texts.trash.selectAll}
      </label>
      <span role="status" className={styles.count}>
        {count > 0 && texts.trash.selected(count)}
      </span>
      {count > 0 && (
        <>
          <Button
            size="small"
            variant="primary"
            isBusy={isBusy}
            onClick={onRestore}
            aria-label={texts.trash.restoreSelected(count)}
          >
            {texts.trash.restore}
          </Button>
          {children}
          <Button size="small" variant="ghost" onClick={clear}>
            {texts.trash.clearSelection}
          </Button>
        </>
      )}
    </div>
  )
}
