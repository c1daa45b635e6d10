import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { MergeDialog } from '../../renderer/features/changes/merge-dialog.tsx'
import { RevertDialog } from '../../renderer/features/changes/revert-dialog.tsx'
import { execution } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

it('leaving a merge that is under way gives it up, so that none is refused behind the back of who asked for it', async () => {
  const board = new MemoryBoard()
  serveBoard(board)
  const closed: string[] = []
  const run = execution(1, { status: 'completed', files_changed: 1 })
  render(
    <MergeDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => closed.push('closed')} />,
    { wrapper: InWindow },
  )
  const user = userEvent.setup()
  const merge = screen.getByRole('button', { name: 'Merge' })
  await waitFor(() => expect(merge).toHaveProperty('disabled', false))
  await user.click(merge)
  await waitFor(() => expect(board.said).toEqual(['merge']))
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(board.said).toEqual(['merge', 'merge given up']))
  expect(closed).toEqual([])
  await waitFor(() => expect(merge).toHaveProperty('disabled', false)) // it can be merged all the same
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(closed).toEqual(['closed'])
})

it('says that comments on lines were not sent, before they are merged over', async () => {
  serveBoard(new MemoryBoard())
  const run = execution(2, { status: 'completed', files_changed: 1 })
  const comment = { id: 1, file: 'sum.js', line: 1, text: 'Name it add.' }
  localStorage.setItem(`draft:line-comments:${run.id}`, JSON.stringify([comment]))
  render(<MergeDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => {}} />, {
    wrapper: InWindow,
  })
  await screen.findByText(/^1 comment of yours on these changes is not sent yet/)
})

it('offers to mark work as merged that the branch has already', async () => {
  const board = new MemoryBoard()
  board.mergePreview = { state: 'already_merged', base_branch: 'main' }
  serveBoard(board)
  const run = execution(3, { status: 'completed', files_changed: 1 })
  render(<MergeDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => {}} />, {
    wrapper: InWindow,
  })
  await screen.findByText('main has all of this work')
  await userEvent.setup().click(screen.getByRole('button', { name: 'Mark as merged' }))
  await waitFor(() => expect(board.said).toEqual(['merge']))
})

it('offers other branches, by keyboard, where the one that the work began from is gone', async () => {
  const board = new MemoryBoard()
  board.mergePreview = { state: 'no_base', base_branch: 'main', branches: ['trunk', 'next'] }
  serveBoard(board)
  const run = execution(4, { status: 'completed', files_changed: 1 })
  render(<MergeDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => {}} />, {
    wrapper: InWindow,
  })
  await screen.findByText('There is no branch main any more')
  const user = userEvent.setup()
  screen.getByRole('button', { name: 'Merge into: trunk' }).focus()
  await user.keyboard('{Enter}{ArrowDown}{Enter}')
  await screen.findByRole('button', { name: 'Merge into: next' })
  screen.getByRole('button', { name: 'Use this branch' }).focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(board.said).toEqual(['next']))
  await screen.findByText('next')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Merge' })))
})

it('offers the branches that have a merge, by keyboard, where the one that it went into is gone', async () => {
  const board = new MemoryBoard()
  board.revertPreview = { state: 'no_base', base_branch: 'main', branches: ['trunk', 'release'] }
  serveBoard(board)
  const run = execution(6, { status: 'completed', resolution: 'merged', files_changed: 1 })
  render(<RevertDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => {}} />, {
    wrapper: InWindow,
  })
  await screen.findByText('There is no branch main any more')
  await screen.findByText(/These branches have the merge/)
  const user = userEvent.setup()
  screen.getByRole('button', { name: 'Take it out of: trunk' }).focus()
  await user.keyboard('{Enter}{ArrowDown}{Enter}')
  await screen.findByRole('button', { name: 'Take it out of: release' })
  screen.getByRole('button', { name: 'Use this branch' }).focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(board.said).toEqual(['release']))
  await screen.findByText(/with 1 changed file out of/)
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Revert merge' })),
  )
})

it('says what to do where there is no branch at all to go into, and what comes along with one', async () => {
  const board = new MemoryBoard()
  board.mergePreview = { state: 'no_base', base_branch: null, branches: [] }
  serveBoard(board)
  const run = execution(5, { status: 'completed', files_changed: 1 })
  render(<MergeDialog execution={run} cardKey="B-1" cardTitle="Dig" onClose={() => {}} />, {
    wrapper: InWindow,
  })
  await screen.findByText('This work began from no branch')
  await screen.findByText(/Create one in git, then check again/)
  board.mergePreview = { state: 'ready', base_branch: 'main', commits: 3, older: 2 }
  await userEvent.setup().click(screen.getByRole('button', { name: 'Check again' }))
  await screen.findByText('2 commits from before this work are not in main either, and come along.')
})
