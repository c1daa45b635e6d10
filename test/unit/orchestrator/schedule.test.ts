import { expect, test } from 'vitest'
import { type Candidate, type Limits, schedule } from '#electron/orchestrator/schedule.ts'
import { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const BOARD = BoardId.parse(uuid(1))
const OTHER = BoardId.parse(uuid(2))
const id = (number: number) => ExecutionId.parse(uuid(100 + number))

function candidate(number: number, values: Partial<Candidate> = {}): Candidate {
  return {
    id: id(number),
    boardId: BOARD,
    boardName: 'Shop',
    provider: 'scripted',
    taskId: TaskId.parse(uuid(200 + number)),
    entering: null,
    priority: null,
    since: new Date(number * 1000),
    boardLimit: null,
    ...values,
  }
}

const limits = (values: Partial<Limits> = {}): Limits => ({ all: 4, provider: () => null, ...values })

test('urgent cards go first, then those that wait longest; none and medium are the same', () => {
  const waiting = [
    candidate(1),
    candidate(2, { priority: 'low' }),
    candidate(3, { priority: 'urgent' }),
    candidate(4, { priority: 'medium' }),
  ]
  expect(schedule(waiting, [], limits()).start).toEqual([id(3), id(1), id(4), id(2)])
})

test('no more than the limit run, and each of the others knows its place and why', () => {
  const plan = schedule([candidate(3), candidate(2)], [candidate(1)], limits({ all: 1 }))
  const reason = 'Waits for a free place: 1 of 1 runs are at work.'
  expect(plan).toEqual({
    start: [],
    waiting: [
      { execution_id: id(2), place: 1, reason },
      { execution_id: id(3), place: 2, reason },
    ],
  })
})

test('who waits for its board or its agent holds up nobody behind it', () => {
  const plan = schedule(
    [
      candidate(2, { boardLimit: 1 }),
      candidate(3, { provider: 'anthropic', boardId: OTHER }),
      candidate(4, { boardId: OTHER }),
    ],
    [candidate(1)],
    limits({ provider: (provider) => (provider === 'anthropic' ? 0 : null) }),
  )
  expect(plan.start).toEqual([id(4)])
  expect(plan.waiting.map(({ reason }) => reason)).toEqual([
    'The board Shop has at most 1 at work at once.',
    'Claude works on at most 0 at once.',
  ])
})

const PROGRESS = { id: ColumnId.parse(uuid(50)), name: 'In progress', limit: 3, count: 1 }

test('no more cards are brought to a column than its limit, counting those that are on their way', () => {
  const plan = schedule(
    [candidate(2, { entering: PROGRESS }), candidate(3, { entering: PROGRESS }), candidate(4)],
    [candidate(1, { entering: PROGRESS })],
    limits(),
  )
  expect(plan.start).toEqual([id(2), id(4)])
  expect(plan.waiting).toEqual([
    { execution_id: id(3), place: 1, reason: '“In progress” is at its limit of 3.' },
  ])
})

test('several runs of one card take one place of the column', () => {
  const entering = { ...PROGRESS, count: 2 }
  const { taskId } = candidate(1)
  const waiting = [1, 2, 3].map((number) => candidate(number, { entering, taskId }))
  expect(schedule(waiting, [], limits()).start).toEqual([id(1), id(2), id(3)])
})
