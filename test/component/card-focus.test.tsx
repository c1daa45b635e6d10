import { screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { RIGHT, task } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

async function writeCard(user: UserEvent, title: string): Promise<void> {
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in Left')
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard(`${title}{Enter}`)
}

async function closeDialog(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
}

it('the card that was written last has the focus once the dialog is closed', async () => {
  const user = await openBoardWindow(new MemoryBoard())
  card('Card 1').focus()
  await writeCard(user, 'Dig')
  await screen.findByText('“Dig” added')
  await closeDialog(user)
  await waitFor(() => expect(document.activeElement).toBe(card('Dig')))
})

it('a card that is made only after the dialog was closed has it too, unless something else is written', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  for (const { title, isWriting } of [
    { title: 'Dig', isWriting: false },
    { title: 'Weed', isWriting: true },
  ]) {
    const held = board.hold('tasks.create')
    await writeCard(user, title)
    await waitFor(() => expect(held.waiting).toBe(1))
    await closeDialog(user)
    const filter = screen.getByRole('searchbox')
    if (isWriting) filter.focus()
    held.release()
    await waitFor(() => expect(titlesIn('Left')).toContain(title))
    await waitFor(() => expect(document.activeElement).toBe(isWriting ? filter : card(title)))
  }
})

it('a card that is archived leaves the focus to the next one, the last of its column to where one is added', async () => {
  const user = await openBoardWindow(new MemoryBoard([task(1), task(2)]))
  card('Card 1').focus()
  await user.keyboard('{Shift>}A{/Shift}')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Card 2']))
  await waitFor(() => expect(document.activeElement).toBe(card('Card 2')))
  await user.keyboard('{Shift>}A{/Shift}')
  await waitFor(() => expect(titlesIn('Left')).toEqual([]))
  const add = screen.getByRole('button', { name: 'Add card to Left' })
  await waitFor(() => expect(document.activeElement).toBe(add))
})

it('who writes keeps the focus when the card that had it before is moved by others', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  card('Card 1').focus()
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(document.activeElement).toBe(card('Card 2')))
  const filter = screen.getByRole('searchbox')
  filter.focus()
  board.asOther(task(2).id, { column_id: RIGHT, order: 1 })
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 2']))
  await user.keyboard('C')
  expect(filter).toHaveProperty('value', 'C')
})
