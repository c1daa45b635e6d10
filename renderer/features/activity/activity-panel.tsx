import { X } from 'lucide-react'
import { useState } from 'react'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './activity.module.css'
import { ActivityFeed } from './activity-feed.tsx'
import type { ShownActors } from './feed-pages.ts'

interface ActivityPanelProps {
  boardId: BoardId
  isThere: (id: TaskId) => boolean
  onOpenTask: (id: TaskId) => void
  onClose: () => void
}

/** The feed of a board, at its side. */
export function ActivityPanel({ boardId, isThere, onOpenTask, onClose }: ActivityPanelProps) {
  const [actors, setActors] = useState<ShownActors>('all')
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.title}>{texts.activity.activity}</h2>
        <Segmented<ShownActors>
          label={texts.activity.whoseActivity}
          value={actors}
          onChange={setActors}
          choices={[
            { value: 'all', label: texts.activity.all },
            { value: 'people', label: texts.activity.people },
            { value: 'agents', label: texts.activity.agents },
          ]}
        />
        <IconButton
          label={texts.activity.closeActivity}
          shortcut={useShortcut('board.activity')}
          onClick={onClose}
        >
          <X />
        </IconButton>
      </header>
      <ActivityFeed
        key={actors}
        boardId={boardId}
        actors={actors}
        isThere={isThere}
        onOpenTask={onOpenTask}
      />
    </>
  )
}
