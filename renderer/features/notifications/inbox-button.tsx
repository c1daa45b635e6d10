import { Bell, CheckCheck } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { routeHash } from '../../lib/route.ts'
import { useAriaShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { stepRows } from '../../ui/step-rows.ts'
import { NotificationList } from './notification-list.tsx'
import styles from './notifications.module.css'
import { useMarkAll } from './use-mark-all.ts'
import { useInboxLive, useUnread } from './use-unread.ts'

const NEWEST = { isUnreadOnly: false, kind: 'all' } as const

/** The bell with the number of what is unread; behind it the newest of the inbox. */
export function InboxButton({ className, isCurrent }: { className: string | undefined; isCurrent: boolean }) {
  useInboxLive()
  const unread = useUnread()
  const shortcut = useAriaShortcut('inbox.open')
  const markAll = useMarkAll()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        className={className}
        aria-label={texts.inbox.bell(unread)}
        aria-current={isCurrent ? 'page' : undefined}
        aria-keyshortcuts={shortcut}
      >
        <Bell />
        <span className={styles.bellText}>{texts.inbox.title}</span>
        {unread > 0 && <span className={styles.count}>{texts.inbox.count(unread)}</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className={styles.panel}
          aria-label={texts.inbox.title}
          // Not its first button, whose tooltip would lie over the newest notice.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onKeyDown={(event) => {
            if (!event.defaultPrevented) stepRows(event.nativeEvent, event.currentTarget.querySelector('ul'))
            event.stopPropagation()
          }}
        >
          <header className={styles.panelHead}>
            <h2 className={styles.panelTitle}>{texts.inbox.title}</h2>
            <IconButton label={texts.inbox.markAllRead} isIdle={unread === 0} onClick={markAll}>
              <CheckCheck />
            </IconButton>
          </header>
          <div className={styles.panelBody}>
            <NotificationList filter={NEWEST} onOpened={close} />
          </div>
          <a className={styles.panelFoot} href={routeHash({ page: 'inbox' })} onClick={close}>
            {texts.inbox.openPage}
          </a>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
