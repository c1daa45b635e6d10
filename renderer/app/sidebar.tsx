import {
  CircleDollarSign,
  FolderOpen,
  Keyboard,
  Moon,
  PanelLeftClose,
  PanelLeftOpen,
  Plus,
  Search,
  Settings,
  Sun,
  Trash2,
  Workflow,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import { SIDEBAR_WIDTH } from '#shared/sidebar.ts'
import { AgentsLink } from '../features/agents/agents-link.tsx'
import { WaitingNews } from '../features/agents/waiting-news.tsx'
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
import { Resizer } from '../ui/resizer.tsx'
import { RailHint } from './rail-hint.tsx'
import type { OpenDialog } from './shell.tsx'
import styles from './sidebar.module.css'
import { useSidebar } from './use-sidebar.ts'

interface SidebarProps {
  route: Route
  onDialog: (dialog: OpenDialog) => void
  onDelete: (board: BoardListItem) => void
}

/** The boards, and the ways to more of them: as wide as the person likes it, or folded to its icons. */
export function Sidebar(props: SidebarProps) {
  const { isOpen, width, ...sidebar } = useSidebar()
  return (
    <nav className={styles.side} aria-label={texts.shell.navigation}>
      <Navigation {...props} isOpen={isOpen} onToggle={sidebar.toggle} />
      <Resizer
        label={texts.shell.widthSidebar}
        edge="right"
        width={width}
        min={SIDEBAR_WIDTH.folded}
        max={SIDEBAR_WIDTH.most}
        onChange={sidebar.preview}
        onDone={sidebar.resize}
        onCancel={sidebar.cancel}
        onReset={sidebar.reset}
        onFold={sidebar.toggle}
      />
    </nav>
  )
}

interface NavigationProps extends SidebarProps {
  isOpen: boolean
  onToggle: () => void
}

function Navigation({ route, onDialog, onDelete, isOpen, onToggle }: NavigationProps) {
  const known = useReadBoards()
  const helpKey = useShortcut('help.open')
  const foldKey = useShortcut('sidebar.toggle')
  const entry = (text: string, link: ReactNode) => (
    <RailHint text={text} isOn={!isOpen}>
      {link}
    </RailHint>
  )
  const pageLink = (text: string, icon: ReactNode, to: Route) =>
    entry(
      text,
      <a
        href={routeHash(to)}
        className={styles.open}
        aria-current={route.page === to.page ? 'page' : undefined}
      >
        {icon}
        <span className={styles.text}>{text}</span>
      </a>,
    )

  return (
    <div className={styles.sidebar}>
      <div className={styles.head}>
        <a href={routeHash({ page: 'boards' })} className={styles.brand} aria-label={texts.shell.start}>
          <Mark size={20} />
          <span className={styles.text}>{texts.shell.app}</span>
        </a>
        <IconButton
          label={isOpen ? texts.shell.foldSidebar : texts.shell.unfoldSidebar}
          shortcut={foldKey}
          size="small"
          onClick={onToggle}
        >
          {isOpen ? <PanelLeftClose /> : <PanelLeftOpen />}
        </IconButton>
      </div>
      {entry(texts.inbox.title, <InboxButton className={styles.open} isCurrent={route.page === 'inbox'} />)}
      {entry(
        texts.decisions.approvals,
        <ApprovalsLink className={styles.open} isCurrent={route.page === 'approvals'} />,
      )}
      {entry(texts.agents.title, <AgentsLink className={styles.open} isCurrent={route.page === 'agents'} />)}
      <WaitingNews />
      {pageLink(texts.app.search, <Search />, { page: 'search', text: '' })}
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
          isFolded={!isOpen}
          known={known}
          onDelete={onDelete}
        />
      </div>
      {entry(
        texts.shell.openFolder,
        <button type="button" className={styles.open} onClick={() => onDialog('folder')}>
          <FolderOpen />
          <span className={styles.text}>{texts.shell.openFolder}</span>
        </button>,
      )}
      {entry(
        texts.importBoard.importBoardEntry,
        <ImportBoard
          className={styles.open}
          onOpened={(boardId) => navigate({ page: 'board', boardId, taskId: null })}
        />,
      )}
      <div className={styles.tools}>
        {pageLink(texts.shell.workflows, <Workflow />, { page: 'workflows', id: null })}
        {pageLink(texts.shell.usage, <CircleDollarSign />, { page: 'usage' })}
        {pageLink(texts.app.trash, <Trash2 />, { page: 'trash' })}
      </div>
      <div className={styles.foot}>
        {entry(
          texts.shell.settings,
          <a
            href="#/settings"
            className={styles.settings}
            aria-current={route.page === 'settings' || route.page === 'keyboard' ? 'page' : undefined}
          >
            <Settings />
            <span className={styles.text}>{texts.shell.settings}</span>
          </a>,
        )}
        <IconButton label={texts.shell.keyboard} shortcut={helpKey} onClick={() => onDialog('help')}>
          <Keyboard />
        </IconButton>
        <ThemeToggle />
      </div>
    </div>
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
