import { SquareKanban } from 'lucide-react'
import { assertNever } from '#shared/assert-never.ts'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { BoardsPage } from '../features/boards/boards-page.tsx'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import { WelcomePage } from '../features/projects/welcome-page.tsx'
import { SearchPage } from '../features/search/search-page.tsx'
import { navigate, type Route } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { DrawCode } from '../ui/draw-code.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { BoardScreen } from './board-screen.tsx'
import { laterPages } from './later-pages.ts'
import styles from './shell.module.css'
import type { OpenDialog } from './shell.tsx'

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
      return <DrawCode code={laterPages.agents} props={{}} />
    case 'search':
      return <SearchPage text={route.text} />
    case 'trash':
      return <DrawCode code={laterPages.trash} props={{}} />
    case 'archive':
      return <DrawCode key={route.boardId} code={laterPages.archive} props={{ boardId: route.boardId }} />
    case 'approvals':
      return <DrawCode code={laterPages.approvals} props={{}} />
    case 'usage':
      return <DrawCode code={laterPages.usage} props={{}} />
    case 'workflows':
      return <DrawCode code={laterPages.workflows} props={{ id: route.id }} />
    case 'settings':
      return <DrawCode code={laterPages.settings} props={{ section: route.section }} />
    case 'keyboard':
      return <DrawCode code={laterPages.keyboard} props={{}} />
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
