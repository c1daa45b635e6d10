import { Inbox } from 'lucide-react'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { RowList } from '../../ui/row-list.tsx'
import { NotificationRow } from './notification-row.tsx'
import styles from './notifications.module.css'
import { type InboxFilter, useNotifications } from './use-notifications.ts'

const MINUTE_MS = 60_000

/** What the person was told, newest first. */
export function NotificationList({ filter, onOpened }: { filter: InboxFilter; onOpened: () => void }) {
  const list = useNotifications(filter)
  const now = useNow(MINUTE_MS, true)
  return (
    <RowList
      label={texts.inbox.title}
      loading={texts.inbox.loading}
      pages={list}
      failed={texts.inbox.notRead}
      more={texts.inbox.more}
      empty={<NothingThere filter={filter} />}
      className={styles.list}
    >
      {list.items.map((notification) => (
        <NotificationRow key={notification.id} notification={notification} now={now} onOpened={onOpened} />
      ))}
    </RowList>
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
