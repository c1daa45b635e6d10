import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { keys } from '../../renderer/lib/query-keys.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { execution } from '../unit/renderer/fixtures.ts'
import { openBoardWindow } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

it('a card whose merge stopped half-way says so and what to do, until it is whole', async () => {
  const board = new MemoryBoard()
  const of = execution(1, { status: 'completed', head_commit: 'c', base_branch: null, files_changed: 1 })
  board.more.executions = [of]
  board.halfMerged = [{ execution_id: of.id, direction: 'merge' }]
  await openBoardWindow(board)
  const card = within(await screen.findByRole('article', { name: /Card 1/ }))
  await card.findByText('Merge stopped half-way')
  card.getByText('Open the card to finish it or to take it back.')
  expect(card.queryByText('Ready for review')).toBeNull()

  board.halfMerged = []
  await queryClient.invalidateQueries({ queryKey: keys.halfMerged })
  await waitFor(() => expect(card.queryByText('Merge stopped half-way')).toBeNull())
  card.getByText('Ready for review')
})
