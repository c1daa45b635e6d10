import { useCallback, useEffect, useState } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { NewBoardDialog } from '../features/boards/new-board-dialog.tsx'
import { useSeenCard } from '../features/notifications/use-seen-card.ts'
import { Palette } from '../features/palette/palette.tsx'
import { OpenFolderDialog } from '../features/projects/open-folder-dialog.tsx'
import { useSearchSource } from '../features/search/use-search-source.tsx'
import { ConflictDialog } from '../features/task/conflict-dialog.tsx'
import { TemplatesDialog } from '../features/templates/templates-dialog.tsx'
import { useRoute } from '../lib/route.ts'
import { useTheme } from '../lib/use-theme.ts'
import { DeleteBoard } from './delete-board.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { readPagesLater } from './later-pages.ts'
import { openBoard, Page } from './page.tsx'
import { QuickAdd } from './quick-add.tsx'
import styles from './shell.module.css'
import { Sidebar } from './sidebar.tsx'
import { useBackFocus } from './use-back-focus.ts'
import { useLastBoard } from './use-last-board.ts'
import { usePaletteBoards } from './use-palette-boards.tsx'
import { usePaletteSettings } from './use-palette-settings.tsx'
import { useReplacedDatabase } from './use-replaced-database.ts'
import { useWayBack } from './use-way-back.ts'
import { useWindowActions } from './use-window-actions.ts'
import { useWindowTitle } from './use-window-title.ts'
import { WindowUndo } from './window-undo.tsx'

export type OpenDialog = 'folder' | 'board' | 'help' | 'templates' | null

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
  useBackFocus()
  useWindowTitle(route)
  usePaletteBoards(route)
  usePaletteSettings()
  useSearchSource()
  useEffect(readPagesLater, [])
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
