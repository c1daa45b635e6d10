import { Columns3, SquareKanban, StickyNote, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { TRASH_DAYS, type TrashItem } from '#shared/trash.ts'
import { formatAgo, plural } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './put-away.module.css'
import { useTrash } from './use-trash.ts'

const MINUTE_MS = 60_000

/** What was deleted, on all boards: it can be put back, or go for good. */
export function TrashPage() {
  const { list, items, restore, purge } = useTrash()
  const [asked, setAsked] = useState<TrashItem | 'all' | null>(null)
  const now = useNow(MINUTE_MS, true)
  const isBusy = restore.isPending || purge.isPending
  return (
    <main className={styles.page} aria-label="Trash">
      <div className={styles.content}>
        <header className={styles.head}>
          <h1 className={styles.title}>Trash</h1>
          <Button icon={<Trash2 />} disabled={items.length === 0 || isBusy} onClick={() => setAsked('all')}>
            Empty trash…
          </Button>
        </header>
        <p className={styles.lead}>
          What is deleted is kept {TRASH_DAYS} days. Then it goes for good; the work of agents is kept in the
          repository.
        </p>
        {list.isPending && <Skeleton width="100%" height="120px" />}
        {list.error && !list.data && (
          <ErrorState
            title="The trash could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        )}
        {list.data && items.length === 0 && (
          <EmptyState icon={<Trash2 />} title="The trash is empty">
            Boards, columns and cards that you delete wait here.
          </EmptyState>
        )}
        {items.length > 0 && (
          <ul className={styles.list} aria-label="Deleted">
            {items.map((item) => (
              <TrashRow
                key={`${item.kind} ${item.id}`}
                item={item}
                now={now}
                isBusy={isBusy}
                onRestore={() => restore.mutate({ item })}
                onPurge={() => setAsked(item)}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button
            className={styles.more}
            isBusy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show older
          </Button>
        )}
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={asked === 'all' ? 'Empty the trash?' : `Delete “${asked.name}” for good?`}
          confirm={asked === 'all' ? 'Empty trash' : 'Delete for good'}
          isDangerous
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null)
            purge.mutate(asked)
          }}
        >
          This cannot be undone.
        </ConfirmDialog>
      )}
    </main>
  )
}

interface TrashRowProps {
  item: TrashItem
  now: number
  isBusy: boolean
  onRestore: () => void
  onPurge: () => void
}

const ICONS = { board: <SquareKanban />, column: <Columns3 />, task: <StickyNote /> }
const KINDS = { board: 'Board', column: 'Column', task: 'Card' } as const

function TrashRow({ item, now, isBusy, onRestore, onPurge }: TrashRowProps) {
  const { kind, key, name, board_name, card_count, deleted_at, deleted_by } = item
  const facts = [
    kind === 'board' ? 'Board' : `${KINDS[kind]} of ${board_name}`,
    card_count > 0 && `with ${plural(card_count, 'card')}`,
    `deleted ${formatAgo(deleted_at, now)}${deleted_by ? ` by ${deleted_by.name}` : ''}`,
  ].filter((fact) => fact !== false)
  return (
    <li className={styles.row}>
      <span className={styles.icon} aria-hidden="true">
        {ICONS[kind]}
      </span>
      <span className={styles.words}>
        <span className={styles.name} title={name} dir="auto">
          {kind === 'task' && key ? `${key} ${name}` : name}
        </span>
        <span className={styles.facts}>{facts.join(', ')}</span>
      </span>
      <Button size="small" disabled={isBusy} onClick={onRestore} aria-label={`Restore ${name}`}>
        Restore
      </Button>
      <Button
        size="small"
        variant="ghost"
        disabled={isBusy}
        onClick={onPurge}
        aria-label={`Delete ${name} for good`}
      >
        Delete for good…
      </Button>
    </li>
  )
}
