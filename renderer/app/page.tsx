import { SquareKanban } from 'lucide-react'
import { assertNever } from '#shared/assert-never.ts'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { AgentsPage } from '../features/agents/agents-page.tsx'
import { BoardsPage } from '../features/boards/boards-page.tsx'
import { ApprovalsPage } from '../features/decisions/approvals-page.tsx'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import { WelcomePage } from '../features/projects/welcome-page.tsx'
import { SearchPage } from '../features/search/search-page.tsx'
import { KeyboardPage } from '../features/settings/keyboard-page.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { ArchivePage } from '../features/trash/archive-page.tsx'
import { TrashPage } from '../features/trash/trash-page.tsx'
import { WorkflowsPage } from '../features/workflows/workflows-page.tsx'
import { navigate, type Route } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { BoardScreen } from './board-screen.tsx'
import styles from './shell.module.css'
import type { OpenDialog } from './shell.tsx'
import { UsageScreen } from './usage-screen.tsx'

interface PageProps {
  route: Route
  /** Of the database: see useReplacedDatabase. */
  generation: number
  onDialog: (dialog: OpenDialog) => void
  onDelete: (board: BoardListItem) => void
}

/** The page of a route; one of its own where the address leads nowhere. */
export function Page({ route, generation, onDialog, onDelete }: PageProps) {
  switch (route.page) {
    case 'board':
      return (
        <BoardScreen key={`${generation} ${route.boardId}`} boardId={route.boardId} taskId={route.taskId} />
      )
    case 'boards':
      return (
        <BoardsPage
          welcome={<Welcome onDialog={onDialog} />}
          onNewBoard={() => onDialog('board')}
          onOpenFolder={() => onDialog('folder')}
          onDelete={onDelete}
        />
      )
    case 'welcome':
      return <Welcome onDialog={onDialog} />
    case 'inbox':
      return <InboxPage />
    case 'agents':
      return <AgentsPage />
    case 'search':
      return <SearchPage text={route.text} />
    case 'trash':
      return <TrashPage />
    case 'archive':
      return <ArchivePage key={route.boardId} boardId={route.boardId} />
    case 'approvals':
      return <ApprovalsPage />
    case 'usage':
      return <UsageScreen />
    case 'workflows':
      return <WorkflowsPage id={route.id} />
    case 'settings':
      return <SettingsPage />
    case 'keyboard':
      return <KeyboardPage />
    case 'unknown':
      return <NoPage />
    default:
      return assertNever(route)
  }
}

/** Shows a board as it is by itself. */
export function openBoard(boardId: BoardId): void {
  navigate({ page: 'board', boardId, taskId: null })
}

function Welcome({ onDialog }: Pick<PageProps, 'onDialog'>) {
  return <WelcomePage onOpenFolder={() => onDialog('folder')} onOpened={openBoard} />
}

function NoPage() {
  return (
    <main className={styles.centre}>
      <EmptyState
        icon={<SquareKanban />}
        title={texts.shell.noPageTitle}
        actions={
          <Button onClick={() => navigate({ page: 'boards' }, { replace: true })}>
            {texts.shell.toStart}
          </Button>
        }
      >
        {texts.shell.noPageText}
      </EmptyState>
    </main>
  )
}
