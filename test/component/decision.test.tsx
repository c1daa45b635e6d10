import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { ApprovalItem } from '#shared/approval.ts'
import { ApprovalId, ExecutionId } from '#shared/ids.ts'
import { ApprovalCard } from '../../renderer/features/decisions/approval-card.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { at, BOARD, taskId, uuid } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { MemoryBoard } from './helpers/memory-board.ts'

const APPROVAL: ApprovalItem = {
  id: ApprovalId.parse(uuid(900)),
  board_id: BOARD,
  task_id: taskId(1),
  execution_id: ExecutionId.parse(uuid(501)),
  step_id: null,
  kind: 'permission',
  tool: 'run_command',
  tool_kind: 'execute',
  title: 'Run npm test',
  detail: 'npm test',
  paths: [],
  reason: null,
  status: 'pending',
  remember: null,
  message: null,
  answered_by: null,
  answered_at: null,
  created_at: at(1),
  task_key: 'B-1',
  task_title: 'Card 1',
  board_name: 'Board',
  proposed_rules: [{ target: 'command', pattern: 'npm test' }],
}

const LINES = Array.from({ length: 40 }, (_, at) => `+line ${at + 1}`).join('\n')

function openQuestion(approval = APPROVAL) {
  const board = new MemoryBoard()
  serveBoard(board)
  render(
    <QueryClientProvider client={queryClient}>
      <ApprovalCard approval={approval} now={at(5).getTime()} />
    </QueryClientProvider>,
  )
  screen.getByRole('article', { name: `An agent asks: ${approval.title}` }).focus()
  return { board, user: userEvent.setup() }
}

it('A allows what is asked, once', async () => {
  const { board, user } = openQuestion()
  await user.keyboard('a')
  await waitFor(() => expect(board.answered).toEqual([{ id: APPROVAL.id, approve: true, remember: 'once' }]))
})

it('a key that is held and the second press of a double click answer nothing: they were meant for the question before', async () => {
  const { board, user } = openQuestion()
  fireEvent.keyDown(screen.getByRole('article'), { key: 'a', repeat: true })
  fireEvent.click(screen.getByRole('button', { name: 'Allow' }), { detail: 2 })
  await user.keyboard('3a')
  const answer = { id: APPROVAL.id, approve: true, remember: 'always' }
  await waitFor(() => expect(board.answered).toEqual([answer]))
})

it('3 lets an answer hold always and shows the rule that it leaves, which can be changed before', async () => {
  const { board, user } = openQuestion()
  await user.keyboard('3')
  const pattern = await screen.findByLabelText('Pattern of the rule')
  expect(pattern).toHaveProperty('value', 'npm test')
  await user.type(pattern, ' *')
  // Letters in the field answer nothing.
  await user.type(pattern, 'ad')
  expect(board.answered).toEqual([])
  screen.getByRole('article').focus()
  await user.keyboard('a')
  const answer = { id: APPROVAL.id, approve: true, remember: 'always', pattern: 'npm test *ad' }
  await waitFor(() => expect(board.answered).toEqual([answer]))
})

it('D asks what the agent is to be told, Escape takes that back, and Ctrl+Enter refuses with the words', async () => {
  const { board, user } = openQuestion()
  await user.keyboard('d')
  const words = await screen.findByLabelText('What the agent is told (optional)')
  await waitFor(() => expect(document.activeElement).toBe(words))
  await user.keyboard('{Escape}')
  expect(screen.queryByLabelText('What the agent is told (optional)')).toBeNull()
  screen.getByRole('article').focus()
  await user.keyboard('d')
  await user.type(await screen.findByLabelText('What the agent is told (optional)'), 'Use yarn.')
  await user.keyboard('{Control>}{Enter}{/Control}')
  const answer = { id: APPROVAL.id, approve: false, remember: 'once', message: 'Use yarn.' }
  await waitFor(() => expect(board.answered).toEqual([answer]))
})

it('an edit is shown as old lines against new ones; a long one is folded, and says how much of it is missing', async () => {
  const detail = `--- sum.js\n+++ sum.js\n@@ -1,1 +1,40 @@\n-const old = 1\n${LINES}\n\\ 7 more lines`
  const title = 'Edit sum.js'
  const { user } = openQuestion({ ...APPROVAL, tool_kind: 'edit', title, detail, paths: ['sum.js'] })
  const change = screen.getByRole('region', { name: 'Change' })
  await waitFor(() => expect(change.querySelector('.diff-code-delete')?.textContent).toBe('const old = 1'))
  expect(change.querySelectorAll('.diff-code-insert')).toHaveLength(40)
  expect(change.textContent).toMatch(/^sum\.js\+40−1/)
  expect(screen.queryByRole('list', { name: 'Paths' })).toBeNull()
  expect(screen.queryByText(/^7 lines more/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Show the whole change, 48 lines' }))
  expect(screen.getByText(/^7 lines more are not shown here/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Fold the change' }))
})
