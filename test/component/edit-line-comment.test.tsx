import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { CommentList } from '../../renderer/features/changes/comment-list.tsx'
import { ReviewBar } from '../../renderer/features/changes/review-bar.tsx'
import { useLineComments } from '../../renderer/lib/line-comments.ts'
import { execution } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const RUN = execution(1)
const SLOT = `draft:line-comments:${RUN.id}`
const FIRST = { id: 1, file: 'sum.js', line: 1, text: 'First' }

function Said() {
  return <CommentList executionId={RUN.id} comments={useLineComments(RUN.id).comments} />
}

/** With one comment on a line that is not sent yet. */
function review() {
  const board = new MemoryBoard()
  serveBoard(board)
  localStorage.setItem(SLOT, JSON.stringify([FIRST]))
  const drawn = render(
    <>
      <Said />
      <ReviewBar execution={RUN} />
    </>,
    { wrapper: InWindow },
  )
  return { board, user: userEvent.setup(), ...drawn }
}

const kept = () => JSON.parse(localStorage.getItem(SLOT) ?? '[]')
const editButton = () => screen.getByRole('button', { name: 'Edit this comment' })
const field = () => screen.getByRole('textbox', { name: 'Your comment' })

beforeEach(() => localStorage.clear())

it('a comment that is not sent yet is edited with Ctrl+Enter, and Undo brings the old text back', async () => {
  const { user } = review()
  await user.click(editButton())
  await user.type(field(), ' of all{Control>}{Enter}{/Control}')
  expect(kept()).toEqual([{ ...FIRST, text: 'First of all' }])
  expect(document.activeElement).toBe(editButton())
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(kept()).toEqual([FIRST])
})

it('Escape leaves a comment as it was, and Undo brings back what was typed', async () => {
  const { user } = review()
  await user.click(editButton())
  await user.type(field(), ' of all{Escape}')
  expect(kept()).toEqual([FIRST])
  expect(screen.queryByRole('textbox')).toBeNull()
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(field()).toHaveProperty('value', 'First of all')
})

it('an edit that is not saved outlives the window, also with nothing left in it', async () => {
  const { user, unmount } = review()
  await user.click(editButton())
  await user.clear(field())
  unmount()
  review()
  expect(field()).toHaveProperty('value', '')
  expect(screen.getByRole('button', { name: 'Save comment' })).toHaveProperty('disabled', true)
})

it('what stands in the form goes along with Request changes, and nothing of it is left', async () => {
  const { board, user } = review()
  await user.click(editButton())
  await user.type(field(), ' of all')
  await user.click(screen.getByRole('button', { name: 'Request changes' }))
  await waitFor(() => expect(board.said).toHaveLength(1))
  const comments = [{ file: 'sum.js', line: 1, text: 'First of all' }]
  expect(board.said).toEqual([{ execution_id: RUN.id, summary: '', comments }])
  await waitFor(() => expect(Object.keys(localStorage).filter((key) => key.startsWith('draft:'))).toEqual([]))
})

it('a comment that is changed while it is sent stays, with what it says now', async () => {
  const { board, user } = review()
  const second = { ...FIRST, id: 2, text: 'Second' }
  localStorage.setItem(SLOT, JSON.stringify([FIRST, second]))
  window.dispatchEvent(new StorageEvent('storage', { key: SLOT }))
  await screen.findByText('Second')
  const sending = board.hold('executions.requestChanges')
  await user.click(screen.getByRole('button', { name: 'Request changes' }))
  await waitFor(() => expect(sending.waiting).toBe(1))
  const [first] = screen.getAllByRole('button', { name: 'Edit this comment' })
  if (first) await user.click(first)
  await user.type(field(), ' of all{Control>}{Enter}{/Control}')
  sending.release()
  await waitFor(() => expect(kept()).toEqual([{ ...FIRST, text: 'First of all' }]))
  expect(screen.queryByText('Second')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Request changes' }))
  await waitFor(() => expect(kept()).toEqual([]))
  expect(
    board.said.map((one) => (one as { comments: { text: string }[] }).comments.map(({ text }) => text)),
  ).toEqual([['First', 'Second'], ['First of all']])
})
