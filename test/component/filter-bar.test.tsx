import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LabelId, LinkId } from '#shared/ids.ts'
import { at, BOARD, execution, RIGHT, task, taskId, uuid } from '../unit/renderer/fixtures.ts'
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

const LABEL = LabelId.parse(uuid(700))
const STAMPS = { board_id: BOARD, created_at: at(1), updated_at: at(1) }

it.each([
  ['label', 'bug', ['Labelled']],
  ['assignee', 'ada', ['Assigned']],
  ['agents', 'running', ['At work']],
  ['due', 'overdue', ['Late']],
  ['blocked', 'waits', ['Waiting']],
] as const)('by %s: cards that do not fit are left out', async (facet, value, titles) => {
  const board = new MemoryBoard([
    task(1, { title: 'At work' }),
    task(2, { title: 'Labelled', label_ids: [LABEL] }),
    task(3, { title: 'Assigned', assigned_to: 'Ada' }),
    task(4, { title: 'Late', due_date: '2020-02-01' }),
    task(5, { title: 'Waiting' }),
  ])
  board.more.labels = [{ ...STAMPS, id: LABEL, name: 'bug', color: '#4AAE76' }]
  board.more.executions = [execution(1, { task_id: taskId(1) })]
  const link = { task_id: taskId(1), other_task_id: taskId(5), kind: 'blocks' } as const
  board.more.links = [{ ...STAMPS, ...link, id: LinkId.parse(uuid(800)) }]
  const user = await openBoardWindow(board)
  await user.click(screen.getByText('Filter', { selector: 'button *, button' }))
  await user.keyboard(`${facet}{Enter}`)
  await waitFor(() => expect(document.activeElement).toHaveProperty('value', ''))
  await user.keyboard(`${value}{Enter}{Escape}`)
  await waitFor(() => expect(titlesIn('Left')).toEqual(titles))
})
