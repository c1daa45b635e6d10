import { memo } from 'react'
import type { Activity } from '#shared/activity.ts'
import type { TaskId } from '#shared/ids.ts'
import { formatAgo } from '../../lib/format.ts'
import { locale } from '../../lib/locale.ts'
import { Avatar } from '../../ui/avatar.tsx'
import styles from './activity.module.css'
import { splitSentence } from './sentence.ts'

interface ActivityRowProps {
  line: Activity
  /** The present time while the line tells how long ago it was; null on earlier days, which tell the time of day. */
  now: number | null
  /** The feed of one card does not name it in every line. */
  isOfCard: boolean
  onOpenTask: ((id: TaskId) => void) | null
}

/** Who did what, and when. */
export const ActivityRow = memo(function ActivityRow({ line, now, isOfCard, onOpenTask }: ActivityRowProps) {
  const { actor, task_id, created_at } = line
  const { before, key, after } = splitSentence(line, isOfCard)
  return (
    <li className={styles.row}>
      <Avatar kind={actor.type} id={actor.id ?? actor.name} name={actor.name} />
      <div className={styles.text}>
        <strong className={styles.actor}>{actor.name}</strong> {before}
        {key !== '' &&
          (task_id && onOpenTask ? (
            <button type="button" className={styles.key} onClick={() => onOpenTask(task_id)}>
              {key}
            </button>
          ) : (
            key
          ))}
        {after}
        <time
          className={styles.time}
          dateTime={created_at.toISOString()}
          title={created_at.toLocaleString(locale(), { dateStyle: 'full', timeStyle: 'medium' })}
        >
          {now === null
            ? created_at.toLocaleTimeString(locale(), { timeStyle: 'short' })
            : formatAgo(created_at, now)}
        </time>
      </div>
    </li>
  )
})
