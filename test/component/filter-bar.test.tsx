import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { RIGHT, task } from '../unit/renderer/fixtures.ts'
import { openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const garden = () =>
  new MemoryBoard([
    task(1, { title: 'Dig the pond', priority: 'high' }),
    task(2, { title: 'Water the pond' }),
    task(3, { title: 'Weed', column_id: RIGHT }),
  ])

it('each letter narrows the board, a column without a hit says so, and Escape shows all of it again', async () => {
  const user = await openBoardWindow(garden())
  const field = screen.getByRole('searchbox', { name: 'Filter cards' })
  await user.type(field, 'pond')
  await waitFor(() => expect(titlesIn('Right')).toEqual([]))
  expect(titlesIn('Left')).toEqual(['Dig the pond', 'Water the pond'])
  expect(screen.getByText('No card here fits the filter.')).toBeDefined()
  await user.type(field, ' wat')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Water the pond']))
  expect(new URLSearchParams(location.hash.split('?')[1]).toString()).toContain('wat')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Weed']))
})

it('a facet is chosen by keyboard alone, stays as a chip, and is cleared', async () => {
  const user = await openBoardWindow(garden())
  await user.click(screen.getByRole('button', { name: 'Filter' }))
  await user.keyboard('prio{Enter}')
  await screen.findByRole('option', { name: /High/ })
  await user.keyboard('high{Enter}{Escape}')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig the pond']))
  expect(screen.getByRole('button', { name: /^Priority/ })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Clear' }))
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig the pond', 'Water the pond']))
})
