import clsx from 'clsx'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { BoardAgents } from '#shared/agent-state.ts'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Tone } from '../../lib/execution-state.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { StateDot } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { ContextMenu, Menu } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { boardsAtSide } from './arrange-boards.ts'
import styles from './board-list.module.css'
import { useBoardEntries } from './use-board-entries.tsx'
import { useBoardListActions } from './use-board-list-actions.ts'
import { useBoards } from './use-boards.ts'

interface BoardListProps {
  current: BoardId | null
  /** There is room for the keys of the boards only. */
  isFolded: boolean
  /** What the window knows better than the list, of boards that it has read. */
  known: ReadonlyMap<BoardId, { cards: number; agents: BoardAgents }>
  onDelete: (board: BoardListItem) => void
}

/** The boards at the side of the window: all while they are few, else those with a star and the last used ones. */
export function BoardList({ current, isFolded, known, onDelete }: BoardListProps) {
  const boards = useBoards()
  const { preferences } = usePreferences()
  if (boards.isPending) return <ListSkeleton />
  if (!boards.data) {
    return (
      <div className={styles.note} role="alert">
        {texts.boards.notRead}.{' '}
        <button type="button" className={styles.retry} onClick={() => void boards.refetch()}>
          {texts.boards.tryAgain}
        </button>
      </div>
    )
  }
  const { starred, others, isAll } = boardsAtSide(boards.data, preferences, current)
  if (starred.length + others.length === 0) return <p className={styles.note}>{texts.boards.none}</p>
  const rowOf = (board: BoardListItem) => (
    <BoardRow
      key={board.id}
      board={board}
      isCurrent={board.id === current}
      isFolded={isFolded}
      cards={known.get(board.id)?.cards ?? board.task_count}
      agents={agentsOn(board, known.get(board.id))}
      onDelete={(cards) => onDelete({ ...board, task_count: cards })}
    />
  )
  return (
    <>
      {starred.length > 0 && (
        <ul className={clsx(styles.list, styles.starred)} aria-label={texts.boards.starred}>
          {starred.map(rowOf)}
        </ul>
      )}
      <ul className={styles.list} aria-label={texts.boards.title}>
        {others.map(rowOf)}
      </ul>
      {!isAll && (
        <a className={styles.all} href={routeHash({ page: 'boards' })}>
          {texts.boards.allBoards(boards.data.length)}
        </a>
      )}
    </>
  )
}

interface BoardRowProps {
  board: BoardListItem
  isCurrent: boolean
  isFolded: boolean
  cards: number
  agents: BoardAgents
  onDelete: (cards: number) => void
}

const TONE = { needs_you: 'warn', failed: 'bad', running: 'run' } as const satisfies Record<
  NonNullable<BoardAgents>,
  Tone
>

function agentsOn(board: BoardListItem, known: { agents: BoardAgents } | undefined): BoardAgents {
  if (known) return known.agents
  if (board.needs_you_count > 0) return 'needs_you'
  if (board.failed_count > 0) return 'failed'
  return board.running_count + board.queued_count > 0 ? 'running' : null
}

function BoardRow({ board, isCurrent, isFolded, cards, agents, onDelete }: BoardRowProps) {
  const actions = useBoardListActions(() => {})
  const [isRenaming, setRenaming] = useState(false)
  const entries = useBoardEntries(board, {
    onRename: () => setRenaming(true),
    onDelete: () => onDelete(cards),
  })
  if (isRenaming) {
    return (
      <li className={styles.row}>
        <div className={styles.renaming}>
          <KeyBadge text={board.key} />
          <EditableText
            label={texts.boards.name}
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
    <ContextMenu entriesAt={() => entries}>
      <li className={styles.row}>
        <Tooltip text={board.name} side="right" isOff={!isFolded}>
          <a
            href={routeHash({ page: 'board', boardId: board.id, taskId: null })}
            aria-current={isCurrent ? 'page' : undefined}
            aria-label={texts.boards.cardAgentsRunning(board.name, cards, agents)}
            title={isFolded ? undefined : (board.project_path ?? undefined)}
            className={styles.link}
          >
            <KeyBadge text={board.key} />
            <span className={styles.name}>{board.name}</span>
            {agents === null ? (
              <span className={styles.count}>{cards}</span>
            ) : (
              <StateDot tone={TONE[agents]} isLive={agents === 'running'} />
            )}
          </a>
        </Tooltip>
        <span className={styles.more}>
          <Menu entries={entries}>
            <IconButton label={texts.boards.options(board.name)} size="small" hasTooltip={false}>
              <MoreHorizontal />
            </IconButton>
          </Menu>
        </span>
      </li>
    </ContextMenu>
  )
}

function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.boards.loading}>
      <Skeleton height="20px" />
      <Skeleton height="20px" width="80%" />
      <Skeleton height="20px" width="90%" />
    </div>
  )
}
