import type { BoardId } from '#shared/ids.ts'
import type { Presence } from '#shared/presence.ts'
import { locale } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './presence-avatars.module.css'
import { usePresence } from './use-presence.ts'

const MOST = 4

/** The others who look at this board now; their names are in the tooltip, and for screen readers in the label. */
export function PresenceAvatars({ boardId }: { boardId: BoardId }) {
  const others = usePresence(boardId).toSorted((a, b) => a.since.getTime() - b.since.getTime())
  if (others.length === 0) return null
  const shown = others.slice(0, MOST)
  const label = texts.presence.alsoOnBoard(
    others.map((other) => `${other.name}, ${sinceOf(other)}`).join('; '),
  )
  return (
    <Tooltip
      text={
        <span className={styles.names}>
          {others.map((other) => (
            <span key={other.instance_id} className={styles.name}>
              <Avatar id={other.user_id} name={other.name} />
              {other.name} <span className={styles.since}>{sinceOf(other)}</span>
            </span>
          ))}
        </span>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip opens by keyboard too */}
      <span role="img" aria-label={label} tabIndex={0} className={styles.stack}>
        {shown.map((other) => (
          <Avatar key={other.instance_id} id={other.user_id} name={other.name} />
        ))}
        {others.length > shown.length && <span className={styles.more}>+{others.length - shown.length}</span>}
      </span>
    </Tooltip>
  )
}

function sinceOf({ since }: Presence): string {
  return texts.presence.since(since.toLocaleTimeString(locale(), { timeStyle: 'short' }))
}
