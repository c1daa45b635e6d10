import { FolderGit2, MoreHorizontal } from 'lucide-react'
import { memo, useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import { formatAgo } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { Menu } from '../../ui/menu.tsx'
import styles from './boards-page.module.css'
import { StarButton } from './star-button.tsx'
import { useBoardEntries } from './use-board-entries.tsx'
import { useBoardListActions } from './use-board-list-actions.ts'

interface BoardTileProps {
  board: BoardListItem
  /** When the person last had it open; null: not that anybody knew. */
  usedAt: string | null
  now: number
  /** Tab stops here: arrow keys reach the others. */
  isStop: boolean
  onDelete: (board: BoardListItem) => void
}

/** A board among all boards: a link, with what goes on on it. */
export const BoardTile = memo(function BoardTile({ board, usedAt, now, isStop, onDelete }: BoardTileProps) {
  const actions = useBoardListActions(() => {})
  const [isRenaming, setRenaming] = useState(false)
  const entries = useBoardEntries(board, {
    onRename: () => setRenaming(true),
    onDelete: () => onDelete(board),
  })
  const tabIndex = isStop ? 0 : -1
  const facts = factsOf(board)
  return (
    <li className={styles.tile}>
      <KeyBadge text={board.key} />
      {isRenaming ? (
        <EditableText
          label={texts.boards.name}
          value={board.name}
          maxLength={255}
          className={styles.renaming}
          onSave={(name) => void actions.rename(board, name)}
          onDone={() => setRenaming(false)}
        />
      ) : (
        <a
          href={routeHash({ page: 'board', boardId: board.id, taskId: null })}
          className={styles.name}
          tabIndex={tabIndex}
          data-board-link
          aria-label={[board.name, ...facts].join(', ')}
        >
          {board.name}
        </a>
      )}
      <span className={styles.folder} title={board.project_path ?? undefined}>
        {board.project_path && <FolderGit2 />}
        <span className={styles.folderName}>
          {board.project_path?.split(/[\\/]/).at(-1) ?? texts.boards.noProject}
        </span>
      </span>
      <span className={styles.state} aria-hidden="true">
        {board.needs_you_count > 0 && (
          <Badge tone="warn">{texts.boards.needsYou(board.needs_you_count)}</Badge>
        )}
        {board.failed_count > 0 && <Badge tone="bad">{texts.boards.failed(board.failed_count)}</Badge>}
        {board.running_count > 0 && <Badge tone="run">{texts.boards.running(board.running_count)}</Badge>}
        {board.queued_count > 0 && <Badge>{texts.boards.queued(board.queued_count)}</Badge>}
      </span>
      <span className={styles.facts}>
        <span aria-hidden="true">{texts.boards.cards(board.task_count)}</span>
        {usedAt && <time dateTime={usedAt}>{texts.boards.used(formatAgo(new Date(usedAt), now))}</time>}
      </span>
      <span className={styles.doings}>
        <StarButton board={board} tabIndex={tabIndex} />
        <Menu entries={entries} align="end">
          <IconButton
            label={texts.boards.options(board.name)}
            size="small"
            hasTooltip={false}
            tabIndex={tabIndex}
          >
            <MoreHorizontal />
          </IconButton>
        </Menu>
      </span>
    </li>
  )
})

function factsOf(board: BoardListItem): string[] {
  const { task_count, running_count, queued_count, needs_you_count, failed_count } = board
  return [
    texts.boards.cards(task_count),
    running_count > 0 ? texts.boards.running(running_count) : '',
    queued_count > 0 ? texts.boards.queued(queued_count) : '',
    needs_you_count > 0 ? texts.boards.needsYou(needs_you_count) : '',
    failed_count > 0 ? texts.boards.failed(failed_count) : '',
  ].filter(Boolean)
}
