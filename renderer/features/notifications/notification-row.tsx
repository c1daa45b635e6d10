import {
  AtSign,
  CalendarClock,
  CircleAlert,
  CircleCheck,
  Mail,
  MailOpen,
  MessageCircleQuestion,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Notification, NotificationKind } from '#shared/notification.ts'
import { formatAgo, formatMoment } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './notifications.module.css'
import { useMarkNotifications } from './use-notifications.ts'

const ICONS: Record<NotificationKind, ReactNode> = {
  needs_input: <MessageCircleQuestion className={styles.warn} />,
  finished: <CircleCheck className={styles.good} />,
  failed: <CircleAlert className={styles.bad} />,
  mentioned: <AtSign className={styles.accent} />,
  due: <CalendarClock className={styles.warn} />,
}

interface NotificationRowProps {
  notification: Notification
  now: number
  /** The card was opened from it. */
  onOpened: () => void
}

/** One thing that the person was told: a link to its card, and the way to mark it. */
export function NotificationRow({ notification, now, onOpened }: NotificationRowProps) {
  const { markRead, markUnread } = useMarkNotifications()
  const { id, kind, title, body, board_id, task_id, read_at, created_at } = notification
  const isUnread = read_at === null
  const mark = isUnread ? texts.inbox.markRead : texts.inbox.markUnread
  const content = (
    <>
      <span className={styles.icon} role="img" aria-label={texts.inbox.kinds[kind]}>
        {ICONS[kind]}
      </span>
      <span className={styles.texts}>
        <span className={styles.top}>
          <span className={styles.title}>
            {isUnread && <span className="hidden-visually">{texts.inbox.unreadMark} </span>}
            {title}
          </span>
          <time className={styles.time} dateTime={created_at.toISOString()} title={formatMoment(created_at)}>
            {formatAgo(created_at, now)}
          </time>
        </span>
        {body && <span className={styles.body}>{body}</span>}
      </span>
    </>
  )
  return (
    <li className={styles.row} data-unread={isUnread}>
      {board_id ? (
        <a
          className={styles.link}
          href={routeHash({ page: 'board', boardId: board_id, taskId: task_id })}
          onClick={() => {
            if (isUnread) markRead({ ids: [id] })
            onOpened()
          }}
        >
          {content}
        </a>
      ) : (
        <div className={styles.link}>{content}</div>
      )}
      <span className={styles.mark}>
        <IconButton
          label={mark}
          size="small"
          onClick={() => (isUnread ? markRead : markUnread)({ ids: [id] })}
        >
          {isUnread ? <MailOpen /> : <Mail />}
        </IconButton>
      </span>
    </li>
  )
}
