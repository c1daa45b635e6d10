import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import type { ExecutionLimit } from '#shared/budget.ts'
import { ReviewBar } from '../../renderer/features/changes/review-bar.tsx'
import { JudgePart } from '../../renderer/features/decisions/judge-part.tsx'
import { MessagesPart } from '../../renderer/features/decisions/messages-part.tsx'
import { RunAgainButton } from '../../renderer/features/execution/run-button.tsx'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { execution } from '../unit/renderer/fixtures.ts'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const RUN = execution(1, { status: 'blocked', failure_kind: 'budget', files_changed: 1 })
const OWN: ExecutionLimit = { scope: 'execution', limit_usd: 1, spent_usd: 1, is_used_up: true }
const MONTH: ExecutionLimit = { ...OWN, scope: 'board' }
const PAID: ExecutionLimit = { ...OWN, limit_usd: 5, is_used_up: false }

beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  const comment = { id: 1, file: 'sum.js', line: 1, text: 'First' }
  localStorage.setItem(`draft:line-comments:${RUN.id}`, JSON.stringify([comment]))
})

function open(limits: ExecutionLimit[]): MemoryBoard {
  const board = new MemoryBoard()
  board.limits = limits
  serveBoard(board)
  render(
    <>
      <RunAgainButton execution={RUN} />
      <JudgePart execution={RUN} />
      <MessagesPart execution={RUN} />
      <ReviewBar execution={RUN} />
    </>,
    { wrapper: InWindow },
  )
  return board
}

const button = (name: string) => screen.getByRole('button', { name })
const isIdle = (name: string) => button(name).getAttribute('aria-disabled') === 'true'

it('out of budget, what would begin a round cannot be used and says why; what is written is kept', async () => {
  const board = open([OWN, MONTH])
  const user = userEvent.setup()
  await user.type(screen.getByLabelText('Message to the agents'), 'Use yarn.{Control>}{Enter}{/Control}')
  for (const [name, why] of [
    ['Send', /no agent would hear it.*raise the limit first/],
    ['Request changes…', /another round would stop at once. Raise the limit first/],
    ['Request changes', /another round would stop at once. Raise the limit first/],
    ['Run again', /a new run would stop at once. Raise the limit first/],
  ] as const) {
    await waitFor(() => expect(isIdle(name)).toBe(true))
    await user.click(button(name))
    button(name).blur()
    button(name).focus()
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toMatch(why))
  }
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(board.said).toEqual([])
  expect(screen.getByLabelText('Message to the agents')).toHaveProperty('value', 'Use yarn.')
})

it('a run that has used up its own limit only keeps no new run from its start', async () => {
  open([OWN])
  await waitFor(() => expect(isIdle('Request changes…')).toBe(true))
  expect(isIdle('Run again')).toBe(false)
})

it('once the limit is raised all of them can be used again', async () => {
  const board = open([PAID])
  const user = userEvent.setup()
  await waitFor(() => expect(isIdle('Request changes…')).toBe(false))
  await user.type(screen.getByLabelText('Message to the agents'), 'Use yarn.')
  await user.click(button('Send'))
  await waitFor(() => expect(board.said).toEqual([{ execution_id: RUN.id, body: 'Use yarn.' }]))
})
