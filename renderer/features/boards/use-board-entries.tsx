import { AppWindow, Archive, ArchiveRestore, Pencil, Star, StarOff, Trash2 } from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import { openInNewWindow } from '../../lib/open-window.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { exportEntries } from './export-entries.tsx'
import { useBoardListActions } from './use-board-list-actions.ts'
import { useStars } from './use-stars.ts'

interface BoardDoings {
  onRename: () => void
  onDelete: () => void
}

/** What can be done with a board of a list, for its menu. */
export function useBoardEntries(board: BoardListItem, { onRename, onDelete }: BoardDoings): MenuEntry[] {
  const { archive } = useBoardListActions(() => {})
  const { isStarred, toggle } = useStars()
  const isArchived = board.archived_at !== null
  return [
    isStarred(board.id)
      ? { label: texts.boards.unstarThis, icon: <StarOff />, onSelect: () => toggle(board.id) }
      : { label: texts.boards.starThis, icon: <Star />, onSelect: () => toggle(board.id) },
    {
      label: texts.boards.newWindow,
      icon: <AppWindow />,
      onSelect: () => openInNewWindow({ page: 'board', boardId: board.id, taskId: null }),
    },
    { label: texts.boards.rename, icon: <Pencil />, onSelect: onRename },
    isArchived
      ? {
          label: texts.boards.unarchive,
          icon: <ArchiveRestore />,
          onSelect: () => void archive(board, false),
        }
      : { label: texts.boards.archive, icon: <Archive />, onSelect: () => void archive(board, true) },
    ...exportEntries(board),
    { kind: 'separator' },
    { label: texts.boards.delete, icon: <Trash2 />, isDangerous: true, onSelect: onDelete },
  ]
}
