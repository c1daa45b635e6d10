import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { InboxButton } from '../../renderer/features/notifications/inbox-button.tsx'
import { InboxPage } from '../../renderer/features/notifications/inbox-page.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'
import { notification } from './helpers/memory-inbox.ts'

/** The inbox with so many notices, of which the last is the newest; resolves when they are counted. */
async function openInbox(count: number, { isPage }: { isPage: boolean }) {
  const board = new MemoryBoard()
  board.inbox.items = Array.from({ length: count }, (_, index) => notification(index + 1))
  serveBoard(board)
  queryClient.clear()
  render(
    <>
      <InboxButton className={undefined} isCurrent={isPage} />
      {isPage && <InboxPage />}
    </>,
    { wrapper: InWindow },
  )
  await screen.findByRole('button', { name: `Inbox, ${count} unread` })
  return { user: userEvent.setup(), inbox: board.inbox }
}

const focused = () => document.activeElement?.textContent ?? ''
const isAt = (text: string) => waitFor(() => expect(focused()).toContain(text))

it('keys lead from notice to notice, at the same place of each', async () => {
  const { user } = await openInbox(3, { isPage: true })
  await screen.findByText('Notice 3')
  await user.keyboard('{ArrowDown}')
  await isAt('Notice 3')
  await user.keyboard('j{ArrowDown}')
  await isAt('Notice 1')
  await user.keyboard('k')
  await isAt('Notice 2')
  await user.keyboard('{Home}')
  await isAt('Notice 3')
  await user.keyboard('{End}{ArrowDown}')
  await isAt('Notice 1')
  await user.tab()
  const marks = screen.getAllByRole('button', { name: 'Mark as read' })
  expect(document.activeElement).toBe(marks[2])
  await user.keyboard('{ArrowUp}')
  expect(document.activeElement).toBe(marks[1])
})

it('in the panel of the bell too, from the panel itself on', async () => {
  const { user } = await openInbox(2, { isPage: false })
  await user.click(screen.getByRole('button', { name: 'Inbox, 2 unread' }))
  const panel = await screen.findByRole('dialog', { name: 'Inbox' })
  await within(panel).findByText('Notice 2')
  await waitFor(() => expect(document.activeElement).toBe(panel))
  await user.keyboard('{ArrowDown}')
  await isAt('Notice 2')
  await user.keyboard('{ArrowDown}')
  await isAt('Notice 1')
  await user.click(within(panel).getByRole('button', { name: 'Mark all as read' }))
  const bell = await screen.findByRole('button', { name: 'Inbox', hidden: true })
  expect(bell.textContent).toBe('Inbox')
  expect(document.activeElement).toBe(within(panel).getByRole('button', { name: 'Mark all as read' }))
})

it('who has marked all as read stays at the button, which does nothing more', async () => {
  const { user, inbox } = await openInbox(2, { isPage: true })
  const markAll = screen.getByRole('button', { name: 'Mark all as read' })
  markAll.focus()
  await user.keyboard('{Enter}')
  await screen.findByText('2 notifications marked as read')
  await waitFor(() => expect(markAll.getAttribute('aria-disabled')).toBe('true'))
  expect(markAll).toHaveProperty('disabled', false)
  expect(document.activeElement).toBe(markAll)
  await user.keyboard('{Enter}')
  expect(inbox.items.every(({ read_at }) => read_at !== null)).toBe(true)
})

it('who works through the unread ones is at the next each time, and is told when there is none', async () => {
  const { user } = await openInbox(2, { isPage: true })
  await user.click(screen.getByRole('radio', { name: 'Unread' }))
  await screen.findByText('Notice 2')
  const marks = await screen.findAllByRole('button', { name: 'Mark as read' })
  marks[0]?.focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByText('Notice 2')).toBeNull())
  expect(document.activeElement?.closest('li')?.textContent).toContain('Notice 1')
  await user.keyboard('{Enter}')
  await screen.findByText('You are caught up')
  await isAt('You are caught up')
})

it('who has older ones shown goes on at the first of them', async () => {
  const { user } = await openInbox(60, { isPage: true })
  const more = await screen.findByText('Show older ones') // by text: roles of so many rows are dear to work out
  more.closest('button')?.focus()
  await user.keyboard('{Enter}')
  await isAt('Notice 10')
  expect(screen.queryByText('Show older ones')).toBeNull()
})
