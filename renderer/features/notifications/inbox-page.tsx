import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { NotificationKind } from '#shared/notification.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { NotificationList } from './notification-list.tsx'
import styles from './notifications.module.css'
import { useMarkAll } from './use-mark-all.ts'
import type { InboxFilter } from './use-notifications.ts'
import { useUnread } from './use-unread.ts'

const nothing = () => {}

/** Everything that the person was told, to be sorted by what it is. */
export function InboxPage() {
  const unread = useUnread()
  const markAll = useMarkAll()
  const [filter, setFilter] = useState<InboxFilter>({ isUnreadOnly: false, kind: 'all' })
  useOffers({ 'inbox.mark_all': { run: markAll, isEnabled: () => unread > 0 } })
  return (
    <PageFrame label={texts.inbox.title} width={860}>
      <PageHead title={texts.inbox.title}>
        <Segmented
          label={texts.inbox.which}
          value={filter.isUnreadOnly ? 'unread' : 'all'}
          onChange={(value) => setFilter({ ...filter, isUnreadOnly: value === 'unread' })}
          choices={[
            { value: 'all', label: texts.inbox.all },
            { value: 'unread', label: texts.inbox.unread },
          ]}
        />
        <div className={styles.kind}>
          <Select<InboxFilter['kind']>
            label={texts.inbox.kind}
            value={filter.kind}
            onChange={(kind) => setFilter({ ...filter, kind })}
            choices={[
              { value: 'all', label: texts.inbox.allKinds },
              ...NotificationKind.options.map((kind) => ({ value: kind, label: texts.inbox.kinds[kind] })),
            ]}
          />
        </div>
        <Button icon={<CheckCheck />} isIdle={unread === 0} onClick={markAll}>
          {texts.inbox.markAllRead}
        </Button>
      </PageHead>
      <div className={styles.onPage}>
        <NotificationList filter={filter} onOpened={nothing} />
      </div>
    </PageFrame>
  )
}
