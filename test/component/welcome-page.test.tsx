import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { WelcomePage } from '../../renderer/features/projects/welcome-page.tsx'
import { keys } from '../../renderer/lib/query-keys.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

it('what is told of a missing git goes once it is there, and the sample needs it until then', async () => {
  const board = new MemoryBoard()
  const there = board.git
  serveBoard(board)
  queryClient.clear()
  render(<WelcomePage onOpenFolder={() => {}} onOpened={() => {}} />, { wrapper: InWindow })
  const main = within(screen.getByRole('main'))
  await main.findByText('Needs no key')

  board.git = { name: 'git', state: 'missing', found: 'not found', fix: 'Install git.' } // while the page is open
  await userEvent.setup().click(main.getByRole('button', { name: 'Try the sample' }))
  expect((await main.findByRole('alert')).textContent).toContain('git: not found. Install git.')
  main.getByText('Needs git, but no key')
  screen.getByText('Git was not found. Install git.')

  board.git = there
  await queryClient.refetchQueries({ queryKey: keys.git })
  await waitFor(() => expect(screen.queryByText('Git was not found. Install git.')).toBeNull())
  expect(main.queryByRole('alert')).toBeNull()
  main.getByText('Needs no key')
})
