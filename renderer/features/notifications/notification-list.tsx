import { Inbox } from 'lucide-react'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { NotificationRow } from './notification-row.tsx'
import styles from './notifications.module.css'
import { type InboxFilter, useNotifications } from './use-notifications.ts'

const MINUTE_MS = 60_000

/** What the person was told, newest first. */
export function NotificationList({ filter, onOpened }: { filter: InboxFilter; onOpened: () => void }) {
  const list = useNotifications(filter)
  const now = useNow(MINUTE_MS, true)
  if (list.isPending) {
    return (
      <div className={styles.loading} role="status" aria-label={texts.inbox.loading}>
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} height="40px" />
        ))}
      </div>
    )
  }
  if (!list.data) {
    return <ErrorState title={texts.inbox.notRead} error={list.error} onRetry={() => void list.refetch()} />
  }
  if (list.items.length === 0) return <NothingThere filter={filter} />
  return (
    <>
      <ul className={styles.list} aria-label={texts.inbox.title}>
        {list.items.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} now={now} onOpened={onOpened} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          className={styles.more}
          isBusy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {texts.inbox.more}
        </Button>
      )}
    </>
  )
}

function NothingThere({ filter: { isUnreadOnly, kind } }: { filter: InboxFilter }) {
  const isCaughtUp = isUnreadOnly && kind === 'all'
  return (
    <EmptyState icon={<Inbox />} title={isCaughtUp ? texts.inbox.caughtUpTitle : texts.inbox.emptyTitle}>
      {isCaughtUp && texts.inbox.caughtUpText}
      {kind !== 'all' && texts.inbox.noneOfKind(texts.inbox.kinds[kind])}
      {!isUnreadOnly && kind === 'all' && texts.inbox.emptyText}
    </EmptyState>
  )
}
