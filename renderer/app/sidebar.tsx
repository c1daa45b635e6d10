import { FolderOpen, Keyboard, Moon, Plus, Settings, Sun } from 'lucide-react'
import { useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import { useReadBoards } from '../features/board/use-read-boards.ts'
import { BoardList } from '../features/boards/board-list.tsx'
import { ImportBoard } from '../features/boards/import-board.tsx'
import { InboxButton } from '../features/notifications/inbox-button.tsx'
import { navigate, type Route } from '../lib/route.ts'
import { useShortcut } from '../lib/shortcuts/use-keymap.ts'
import { useDark } from '../lib/use-dark.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import { IconButton } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { DeleteBoard } from './delete-board.tsx'
import type { OpenDialog } from './shell.tsx'
import styles from './sidebar.module.css'

interface SidebarProps {
  route: Route
  onDialog: (dialog: OpenDialog) => void
}

/** The boards, and the ways to more of them. */
export function Sidebar({ route, onDialog }: SidebarProps) {
  const known = useReadBoards()
  const helpKey = useShortcut('help.open')
  const [deleting, setDeleting] = useState<BoardListItem | null>(null)
  return (
    <nav className={styles.sidebar} aria-label="Boards and settings">
      <a href="#/welcome" className={styles.brand} aria-label="Agent Rangers, start">
        <Mark size={20} />
        Agent Rangers
      </a>
      <InboxButton className={styles.open} />
      <div className={styles.heading}>
        <span>Boards</span>
        <IconButton label="New board" size="small" onClick={() => onDialog('board')}>
          <Plus />
        </IconButton>
      </div>
      <div className={styles.boards}>
        <BoardList
          current={route.page === 'board' ? route.boardId : null}
          known={known}
          onDelete={setDeleting}
        />
      </div>
      <button type="button" className={styles.open} onClick={() => onDialog('folder')}>
        <FolderOpen />
        Open folder…
      </button>
      <ImportBoard
        className={styles.open}
        onOpened={(boardId) => navigate({ page: 'board', boardId, taskId: null })}
      />
      <div className={styles.foot}>
        <a
          href="#/settings"
          className={styles.settings}
          aria-current={route.page === 'settings' || route.page === 'keyboard' ? 'page' : undefined}
        >
          <Settings />
          Settings
        </a>
        <IconButton label="Keyboard shortcuts" shortcut={helpKey} onClick={() => onDialog('help')}>
          <Keyboard />
        </IconButton>
        <ThemeToggle />
      </div>
      {deleting && <DeleteBoard board={deleting} onDone={() => setDeleting(null)} />}
    </nav>
  )
}

function ThemeToggle() {
  const { update } = usePreferences()
  const isDark = useDark()
  return (
    <IconButton
      label={isDark ? 'Light theme' : 'Dark theme'}
      onClick={() => update({ theme: isDark ? 'light' : 'dark' })}
    >
      {isDark ? <Sun /> : <Moon />}
    </IconButton>
  )
}
