import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import { PointerEventsCheckLevel, type UserEvent, userEvent } from '@testing-library/user-event'
import { expect } from 'vitest'
import { DEFAULT_QUERY } from '#shared/board-query.ts'
import { BoardBody } from '../../../renderer/app/board-body.tsx'
import { QuickAdd } from '../../../renderer/app/quick-add.tsx'
import { WindowUndo } from '../../../renderer/app/window-undo.tsx'
import { useBoard } from '../../../renderer/features/board/use-board.ts'
import { useBoardLive } from '../../../renderer/features/board/use-board-live.ts'
import { Palette } from '../../../renderer/features/palette/palette.tsx'
import { ConflictDialog } from '../../../renderer/features/task/conflict-dialog.tsx'
import { navigate, useRoute } from '../../../renderer/lib/route.ts'
import { selectNothing } from '../../../renderer/lib/selection.ts'
import { useShortcuts } from '../../../renderer/lib/shortcuts/use-shortcuts.ts'
import { queryClient } from '../../../renderer/lib/trpc.ts'
import { Toaster } from '../../../renderer/ui/toast.tsx'
import { TooltipProvider } from '../../../renderer/ui/tooltip.tsx'
import { BOARD } from '../../unit/renderer/fixtures.ts'
import { serveBoard } from './bridge.ts'
import type { MemoryBoard } from './memory-board.ts'

/** A window on a board, with all that drags, undoes, adds and filters; resolves when its cards are there. */
export async function openBoardWindow(board: MemoryBoard): Promise<UserEvent> {
  await waitFor(() => expect(isClickHeard()).toBe(true))
  serveBoard(board)
  queryClient.clear()
  selectNothing(BOARD)
  navigate({ page: 'board', boardId: BOARD, taskId: null, query: DEFAULT_QUERY })
  render(
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <Window />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>,
  )
  await screen.findByLabelText(board.columns[0]?.name ?? '')
  return userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never })
}

/** For 50 ms after a drop by mouse, as that of the test before, dnd-kit keeps all clicks of the document back. */
function isClickHeard(): boolean {
  let isHeard = false
  const hear = () => {
    isHeard = true
  }
  document.body.addEventListener('click', hear)
  document.body.click()
  document.body.removeEventListener('click', hear)
  return isHeard
}

function Window() {
  useShortcuts()
  const route = useRoute()
  const board = useBoard(BOARD)
  useBoardLive(BOARD, board.data?.snapshot)
  return (
    <>
      {board.data && (
        <BoardBody state={board.data} openTaskId={null} onOpenTask={() => {}} Activity={NoActivity} />
      )}
      <QuickAdd route={route} />
      <Palette />
      <ConflictDialog />
      <WindowUndo route={route} />
    </>
  )
}

function NoActivity() {
  return null
}

/** The titles in a column that are drawn, from top to bottom. By attributes: roles of a whole page are dear to work out. */
export function titlesIn(columnName: string): string[] {
  const cards = document.querySelectorAll(`section[aria-label="${columnName}"] [role="article"]`)
  return [...cards].map((one) => titleOf(one).replace(/, selected$/, ''))
}

export function card(title: string): HTMLElement {
  const cards = [...document.querySelectorAll<HTMLElement>('section [role="article"]')]
  const found = cards.find((one) => titleOf(one).replace(/, selected$/, '') === title)
  if (!found) throw new Error(`“${title}” is not on the screen, but ${cards.map(titleOf).join(', ')}`)
  return found
}

/** Without the key. */
function titleOf(element: Element): string {
  return (element.getAttribute('aria-label') ?? '').replace(/^\S+ /, '')
}
