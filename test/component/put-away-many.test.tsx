import { render, screen, waitFor, within } from '@testing-library/react'
import { PointerEventsCheckLevel, userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { WindowUndo } from '../../renderer/app/window-undo.tsx'
import { ArchivePage } from '../../renderer/features/trash/archive-page.tsx'
import { TrashPage } from '../../renderer/features/trash/trash-page.tsx'
import { useRoute } from '../../renderer/lib/route.ts'
import { useShortcuts } from '../../renderer/lib/shortcuts/use-shortcuts.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { BOARD, column, LEFT, RIGHT, task } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const NUMBERS = [1, 2, 3, 4]
const live = (board: MemoryBoard) => board.in(LEFT).map(({ title }) => title)

function Window({ isArchive }: { isArchive: boolean }) {
  useShortcuts()
  const route = useRoute()
  return (
    <>
      {isArchive ? <ArchivePage boardId={BOARD} /> : <TrashPage />}
      <WindowUndo route={route} />
    </>
  )
}

async function openPage({ isArchive = false, limit = 0 }) {
  const cards = NUMBERS.map((number) => task(number, isArchive ? { archived_at: new Date(0) } : {}))
  const board = new MemoryBoard(cards, [column(LEFT, 1, { wip_limit: limit }), column(RIGHT, 2)])
  if (!isArchive) for (const { id } of cards) board.otherTakesAway(id)
  serveBoard(board)
  queryClient.clear()
  render(<Window isArchive={isArchive} />, { wrapper: InWindow })
  await screen.findAllByRole('listitem')
  return { board, user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }) }
}

const box = (title: string) => screen.getByRole('checkbox', { name: new RegExp(`^Select .*${title}$`) })
const boxesIn = () =>
  within(screen.getByRole('list', { name: /Deleted|Archived cards/ })).getAllByRole('checkbox')
const selected = () => boxesIn().filter((each) => (each as HTMLInputElement).checked).length

it('a range of the trash comes back at once, and goes there again with one undo', async () => {
  const { board, user } = await openPage({})
  await user.click(box('Card 4'))
  await user.keyboard('{Shift>}')
  await user.click(box('Card 2'))
  await user.keyboard('{/Shift}')
  expect(screen.getByText('3 selected')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Restore 3 selected' }))
  const undo = within(await toastOf('3 are back')).getByRole('button', { name: 'Undo' })
  await waitFor(() => expect(boxesIn()).toHaveLength(1))
  expect(live(board)).toEqual(['Card 2', 'Card 3', 'Card 4'])
  expect(document.activeElement).toBe(box('Card 1'))

  await user.click(undo)
  await waitFor(() => expect(boxesIn()).toHaveLength(4))
  expect(live(board)).toEqual([])
  expect(selected()).toBe(0)
})

it('by keyboard: Ctrl+A takes all, Escape none, and all that is left goes for good once it is asked', async () => {
  const { board, user } = await openPage({})
  box('Card 3').focus()
  await user.keyboard('{Control>}a{/Control}')
  expect(selected()).toBe(4)
  await user.keyboard('{Escape}')
  expect(selected()).toBe(0)
  await user.keyboard(' {ArrowDown} ')
  expect(selected()).toBe(2)
  await user.click(screen.getByRole('button', { name: 'Delete 2 selected for good' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete 2 for good?' })
  await user.click(within(dialog).getByRole('button', { name: 'Delete for good' }))
  await screen.findByText('Deleted for good: 2 cards')
  expect([...board.cards.values()].map(({ title }) => title)).toEqual(['Card 1', 'Card 4'])
})

it('what a limit keeps in the trash comes back all the same when it is asked for', async () => {
  const { board, user } = await openPage({ limit: 3 })
  await user.click(screen.getByRole('checkbox', { name: 'Select all' }))
  await user.click(screen.getByRole('button', { name: 'Restore 4 selected' }))
  await toastOf('3 are back')
  await user.click(within(await toastOf('was not restored')).getByRole('button', { name: 'Restore anyway' }))
  await screen.findByText('The trash is empty')
  expect(live(board)).toHaveLength(4)
})

it('archived cards come back together, as one step', async () => {
  const { board, user } = await openPage({ isArchive: true })
  const search = screen.getByRole('searchbox', { name: 'Search the archive' })
  search.focus()
  await user.keyboard('{ArrowDown} {ArrowDown} ')
  await user.click(screen.getByRole('button', { name: 'Restore 2 selected' }))
  await toastOf('2 cards are back on the board')
  await waitFor(() => expect(boxesIn()).toHaveLength(2))
  expect(live(board)).toEqual(['Card 1', 'Card 2'])
})

async function toastOf(text: string): Promise<HTMLElement> {
  const title = await screen.findByText(text, { exact: false, selector: '[role="region"] li *' })
  const toast = title.closest('li')
  if (!toast) throw new Error(`“${text}” is not in a toast`)
  return toast
}
