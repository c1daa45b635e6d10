import { MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { plural } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { StateDot } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './board-list.module.css'
import { exportEntries } from './export-entries.tsx'
import { useBoardListActions } from './use-board-list-actions.ts'
import { useBoards } from './use-boards.ts'

interface BoardListProps {
  current: BoardId | null
  /** What the window knows better than the list, of boards that it has read. */
  known: ReadonlyMap<BoardId, { cards: number; isRunning: boolean }>
  onDelete: (board: BoardListItem) => void
}

/** All boards, for the side of the window. */
export function BoardList({ current, known, onDelete }: BoardListProps) {
  const boards = useBoards()
  if (boards.isPending) return <ListSkeleton />
  if (!boards.data) {
    return (
      <div className={styles.note} role="alert">
        The boards could not be read.{' '}
        <button type="button" className={styles.retry} onClick={() => void boards.refetch()}>
          Try again
        </button>
      </div>
    )
  }
  if (boards.data.length === 0) return <p className={styles.note}>No boards yet.</p>
  return (
    <ul className={styles.list} aria-label="Boards">
      {boards.data.map((board) => (
        <BoardRow
          key={board.id}
          board={board}
          isCurrent={board.id === current}
          cards={known.get(board.id)?.cards ?? board.task_count}
          isRunning={known.get(board.id)?.isRunning ?? board.running_count > 0}
          onDelete={(cards) => onDelete({ ...board, task_count: cards })}
        />
      ))}
    </ul>
  )
}

interface BoardRowProps {
  board: BoardListItem
  isCurrent: boolean
  cards: number
  isRunning: boolean
  onDelete: (cards: number) => void
}

function BoardRow({ board, isCurrent, cards, isRunning, onDelete }: BoardRowProps) {
  const actions = useBoardListActions(() => {})
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming) {
    return (
      <li className={styles.row}>
        <div className={styles.renaming}>
          <KeyBadge text={board.key} />
          <EditableText
            label="Name of the board"
            value={board.name}
            maxLength={255}
            onSave={(name) => void actions.rename(board, name)}
            onDone={() => setRenaming(false)}
          />
        </div>
      </li>
    )
  }
  return (
    <li className={styles.row}>
      <a
        href={routeHash({ page: 'board', boardId: board.id, taskId: null })}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={`${board.name}, ${plural(cards, 'card')}${isRunning ? ', agents are running' : ''}`}
        title={board.project_path ?? undefined}
        className={styles.link}
      >
        <KeyBadge text={board.key} />
        <span className={styles.name}>{board.name}</span>
        {isRunning ? <StateDot tone="run" isLive /> : <span className={styles.count}>{cards}</span>}
      </a>
      <span className={styles.more}>
        <Menu
          entries={[
            { label: 'Rename', icon: <Pencil />, onSelect: () => setRenaming(true) },
            ...exportEntries(board),
            { kind: 'separator' },
            { label: 'Delete board', icon: <Trash2 />, isDangerous: true, onSelect: () => onDelete(cards) },
          ]}
        >
          <IconButton label={`Options of ${board.name}`} size="small" hasTooltip={false}>
            <MoreHorizontal />
          </IconButton>
        </Menu>
      </span>
    </li>
  )
}

function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the boards">
      <Skeleton height="20px" />
      <Skeleton height="20px" width="80%" />
      <Skeleton height="20px" width="90%" />
    </div>
  )
}
