import clsx from 'clsx'
import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { ErrorState } from './notice.tsx'
import styles from './row-list.module.css'
import { Skeleton } from './skeleton.tsx'
import { useRowFocus } from './use-row-focus.ts'

/** A list that is read page by page, as a query has it. */
interface Pages {
  isPending: boolean
  /** Undefined until the first page is there. */
  data: unknown
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  refetch: () => unknown
  fetchNextPage: () => unknown
}

interface RowListProps {
  /** Its name for those who hear it, and what it is called while it is read. */
  label: string
  loading: string
  pages: Pages
  /** Why it is not there, as a title. */
  failed: string
  /** Instead of a list without rows. */
  empty: ReactNode
  /** What the button for the next page says. */
  more: string
  className?: string | undefined
  /** What can be done with several of them; it stands above them. */
  bar?: ReactNode
  /** Ctrl+A (⌘A on a Mac) in the list. */
  onSelectAll?: (() => void) | undefined
  /** The rows. */
  children: readonly ReactNode[]
}

/** Rows below each other, read page by page: with what stands there while there are none. */
export function RowList({ label, loading, pages, failed, empty, more, children, ...rows }: RowListProps) {
  const list = useRef<HTMLUListElement>(null)
  const rest = useRef<HTMLDivElement>(null)
  const { readMore, ofBar, ...rowFocus } = useRowFocus(list, rest, rows.onSelectAll)
  if (pages.isPending) {
    return (
      <div className={styles.loading} role="status" aria-label={loading}>
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} height="40px" />
        ))}
      </div>
    )
  }
  if (pages.data === undefined) {
    return <ErrorState title={failed} error={pages.error} onRetry={() => void pages.refetch()} />
  }
  if (children.length === 0) {
    return (
      <div ref={rest} tabIndex={-1} className={styles.rest}>
        {empty}
      </div>
    )
  }
  return (
    <>
      {rows.bar && <div {...ofBar}>{rows.bar}</div>}
      <ul ref={list} {...rowFocus} className={clsx(styles.list, rows.className)} aria-label={label}>
        {children}
      </ul>
      {pages.hasNextPage && (
        <Button
          className={styles.more}
          isBusy={pages.isFetchingNextPage}
          onClick={() => {
            readMore()
            void pages.fetchNextPage()
          }}
        >
          {more}
        </Button>
      )}
    </>
  )
}

interface RowProps {
  /** The box by which it is chosen, with others. */
  tick?: ReactNode
  isSelected?: boolean
  icon?: ReactNode
  name: string
  facts: readonly string[]
  /** What can be done with it. */
  children: ReactNode
}

/** A thing with its name, what there is to know of it, and what can be done with it. */
export function Row({ tick, isSelected = false, icon, name, facts, children }: RowProps) {
  return (
    <li className={styles.row} data-selected={isSelected || undefined}>
      {tick}
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.name} title={name} dir="auto">
          {name}
        </span>
        <span className={styles.facts}>{facts.join(', ')}</span>
      </span>
      {children}
    </li>
  )
}
