import {
  CircleDollarSign,
  FolderOpen,
  Keyboard,
  Moon,
  Plus,
  Search,
  Settings,
  Sun,
  Trash2,
  Workflow,
} from 'lucide-react'
import type { BoardListItem } from '#shared/board.ts'
import { AgentsLink } from '../features/agents/agents-link.tsx'
import { useReadBoards } from '../features/board/use-read-boards.ts'
import { BoardList } from '../features/boards/board-list.tsx'
import { ImportBoard } from '../features/boards/import-board.tsx'
import { ApprovalsLink } from '../features/decisions/approvals-link.tsx'
import { InboxButton } from '../features/notifications/inbox-button.tsx'
import { navigate, type Route, routeHash } from '../lib/route.ts'
import { useShortcut } from '../lib/shortcuts/use-keymap.ts'
import { texts } from '../lib/texts/texts.ts'
import { useDark } from '../lib/use-dark.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import { IconButton } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'

import type { OpenDialog } from './shell.tsx'
import styles from './sidebar.module.css'

interface SidebarProps {
  route: Route
  onDialog: (dialog: OpenDialog) => void
  onDelete: (board: BoardListItem) => void
}

/** The boards, and the ways to more of them. */
export function Sidebar({ route, onDialog, onDelete }: SidebarProps) {
  const known = useReadBoards()
  const helpKey = useShortcut('help.open')

  return (
    <nav className={styles.sidebar} aria-label={texts.shell.navigation}>
      <a href={routeHash({ page: 'boards' })} className={styles.brand} aria-label={texts.shell.start}>
        <Mark size={20} />
        {texts.shell.app}
      </a>
      <InboxButton className={styles.open} isCurrent={route.page === 'inbox'} />
      <ApprovalsLink className={styles.open} isCurrent={route.page === 'approvals'} />
      <AgentsLink className={styles.open} isCurrent={route.page === 'agents'} />
      <a
        href={routeHash({ page: 'search', text: '' })}
        className={styles.open}
        aria-current={route.page === 'search' ? 'page' : undefined}
      >
        <Search />
        {texts.app.search}
      </a>
      <div className={styles.heading}>
        <a
          href={routeHash({ page: 'boards' })}
          className={styles.headingLink}
          aria-current={route.page === 'boards' ? 'page' : undefined}
        >
          {texts.boards.title}
        </a>
        <IconButton label={texts.shell.newBoard} size="small" onClick={() => onDialog('board')}>
          <Plus />
        </IconButton>
      </div>
      <div className={styles.boards}>
        <BoardList
          current={route.page === 'board' ? route.boardId : null}
          known={known}
          onDelete={onDelete}
        />
      </div>
      <button type="button" className={styles.open} onClick={() => onDialog('folder')}>
        <FolderOpen />
        {texts.shell.openFolder}
      </button>
      <ImportBoard
        className={styles.open}
        onOpened={(boardId) => navigate({ page: 'board', boardId, taskId: null })}
      />
      <div className={styles.tools}>
        <a
          href={routeHash({ page: 'workflows', id: null })}
          className={styles.open}
          aria-current={route.page === 'workflows' ? 'page' : undefined}
        >
          <Workflow />
          {texts.shell.workflows}
        </a>
        <a
          href={routeHash({ page: 'usage' })}
          className={styles.open}
          aria-current={route.page === 'usage' ? 'page' : undefined}
        >
          <CircleDollarSign />
          {texts.shell.usage}
        </a>
        <a
          href={routeHash({ page: 'trash' })}
          className={styles.open}
          aria-current={route.page === 'trash' ? 'page' : undefined}
        >
          <Trash2 />
          {texts.app.trash}
        </a>
      </div>
      <div className={styles.foot}>
        <a
          href="#/settings"
          className={styles.settings}
          aria-current={route.page === 'settings' || route.page === 'keyboard' ? 'page' : undefined}
        >
          <Settings />
          {texts.shell.settings}
        </a>
        <IconButton label={texts.shell.keyboard} shortcut={helpKey} onClick={() => onDialog('help')}>
          <Keyboard />
        </IconButton>
        <ThemeToggle />
      </div>
    </nav>
  )
}

function ThemeToggle() {
  const { update } = usePreferences()
  const isDark = useDark()
  return (
    <IconButton
      label={isDark ? texts.shell.lightTheme : texts.shell.darkTheme}
      onClick={() => update({ theme: isDark ? 'light' : 'dark' })}
    >
      {isDark ? <Sun /> : <Moon />}
    </IconButton>
  )
}
