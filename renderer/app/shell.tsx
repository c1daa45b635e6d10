import { SquareKanban } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { AgentsPage } from '../features/agents/agents-page.tsx'
import { BoardsPage } from '../features/boards/boards-page.tsx'
import { NewBoardDialog } from '../features/boards/new-board-dialog.tsx'
import { ApprovalsPage } from '../features/decisions/approvals-page.tsx'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import { useSeenCard } from '../features/notifications/use-seen-card.ts'
import { Palette } from '../features/palette/palette.tsx'
import { OpenFolderDialog } from '../features/projects/open-folder-dialog.tsx'
import { WelcomePage } from '../features/projects/welcome-page.tsx'
import { SearchPage } from '../features/search/search-page.tsx'
import { useSearchSource } from '../features/search/use-search-source.tsx'
import { KeyboardPage } from '../features/settings/keyboard-page.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { ConflictDialog } from '../features/task/conflict-dialog.tsx'
import { TemplatesDialog } from '../features/templates/templates-dialog.tsx'
import { ArchivePage } from '../features/trash/archive-page.tsx'
import { TrashPage } from '../features/trash/trash-page.tsx'
import { WorkflowsPage } from '../features/workflows/workflows-page.tsx'
import { navigate, type Route, useRoute } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { useTheme } from '../lib/use-theme.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { BoardScreen } from './board-screen.tsx'
import { DeleteBoard } from './delete-board.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { QuickAdd } from './quick-add.tsx'
import styles from './shell.module.css'
import { Sidebar } from './sidebar.tsx'
import { UsageScreen } from './usage-screen.tsx'
import { useLastBoard } from './use-last-board.ts'
import { usePaletteBoards } from './use-palette-boards.tsx'
import { useReplacedDatabase } from './use-replaced-database.ts'
import { useWayBack } from './use-way-back.ts'
import { useWindowActions } from './use-window-actions.ts'
import { useWindowTitle } from './use-window-title.ts'
import { WindowUndo } from './window-undo.tsx'

export type OpenDialog = 'folder' | 'board' | 'help' | 'templates' | null

const openBoard = (boardId: BoardId) => navigate({ page: 'board', boardId, taskId: null })

/** Side bar, the page of the route, and the dialogs that can be opened from anywhere. */
export function Shell() {
  useTheme()
  const route = useRoute()
  useLastBoard(route)
  useSeenCard(route.page === 'board' ? route.taskId : null)
  const [dialog, setDialog] = useState<OpenDialog>(null)
  const [deleting, setDeleting] = useState<BoardListItem | null>(null)
  const close = useCallback(() => setDialog(null), [])
  useWindowActions(setDialog)
  useWayBack(route)
  useWindowTitle(route)
  usePaletteBoards(route)
  useSearchSource()
  const generation = useReplacedDatabase()
  const enter = (id: BoardId) => {
    close()
    openBoard(id)
  }
  return (
    <div className={styles.shell}>
      <Sidebar route={route} onDialog={setDialog} onDelete={setDeleting} />
      <div className={styles.page}>
        <Page route={route} generation={generation} onDialog={setDialog} onDelete={setDeleting} />
      </div>
      {dialog === 'folder' && <OpenFolderDialog onClose={close} onOpened={enter} />}
      {dialog === 'board' && <NewBoardDialog onClose={close} onCreated={enter} />}
      {dialog === 'templates' && <TemplatesDialog onClose={close} />}
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {deleting && <DeleteBoard board={deleting} onDone={() => setDeleting(null)} />}
      <QuickAdd route={route} />
      <Palette />
      <ConflictDialog />
      <WindowUndo route={route} />
    </div>
  )
}

interface PageProps {
  route: Route
  /** Of the database: see useReplacedDatabase. */
  generation: number
  onDialog: (dialog: OpenDialog) => void
  onDelete: (board: BoardListItem) => void
}

function Page({ route, generation, onDialog, onDelete }: PageProps) {
  const welcome = <WelcomePage onOpenFolder={() => onDialog('folder')} onOpened={openBoard} />
  if (route.page === 'board') {
    return (
      <BoardScreen key={`${generation} ${route.boardId}`} boardId={route.boardId} taskId={route.taskId} />
    )
  }
  if (route.page === 'inbox') return <InboxPage />
  if (route.page === 'agents') return <AgentsPage />
  if (route.page === 'search') return <SearchPage text={route.text} />
  if (route.page === 'trash') return <TrashPage />
  if (route.page === 'archive') return <ArchivePage key={route.boardId} boardId={route.boardId} />
  if (route.page === 'approvals') return <ApprovalsPage />
  if (route.page === 'usage') return <UsageScreen />
  if (route.page === 'workflows') return <WorkflowsPage id={route.id} />
  if (route.page === 'settings') return <SettingsPage />
  if (route.page === 'keyboard') return <KeyboardPage />
  if (route.page === 'welcome') return welcome
  if (route.page === 'boards') {
    return (
      <BoardsPage
        welcome={welcome}
        onNewBoard={() => onDialog('board')}
        onOpenFolder={() => onDialog('folder')}
        onDelete={onDelete}
      />
    )
  }
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
