import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { RulesPart } from '../../renderer/features/board-settings/rules-part.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { BOARD, column, LEFT, RIGHT } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { MemoryBoard } from './helpers/memory-board.ts'

it('rules of columns that could not be saved are read out, and stay ticked', async () => {
  serveBoard(new MemoryBoard()) // which saves none
  render(
    <QueryClientProvider client={queryClient}>
      <RulesPart
        boardId={BOARD}
        columns={[column(LEFT, 1), column(RIGHT, 2)]}
        transitions={[]}
        onClose={() => {}}
      />
    </QueryClientProvider>,
  )
  const user = userEvent.setup()
  await user.click(screen.getByRole('checkbox', { name: 'From Left to Right' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).not.toBe('')
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'From Left to Right' }).checked).toBe(true)
})
