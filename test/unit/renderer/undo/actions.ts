import fc from 'fast-check'
import type { TaskId } from '#shared/ids.ts'
import type { TaskChange } from '#shared/task.ts'
import { LEFT, RIGHT, taskId, uuid } from '../fixtures.ts'
import type { Board } from './stored-board.ts'

const someCards = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 })
/** What a person does. */
export const action = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    cards: someCards,
    title: fc.string({ minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('priority' as const),
    cards: someCards,
    priority: fc.constantFrom('low' as const, null),
  }),
  fc.record({
    kind: fc.constant('labels' as const),
    cards: someCards,
    count: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    cards: someCards,
    order: fc.integer(),
    right: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('archive' as const), cards: someCards, archived: fc.constant(true) }),
  fc.record({ kind: fc.constant('trash' as const), cards: someCards }),
  fc.record({ kind: fc.constant('create' as const) }),
)
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never

function changeOf(done: Exclude<Action, { kind: 'create' }>, id: TaskId, version: number): TaskChange {
  switch (done.kind) {
    case 'set':
      return { id, version, set: { title: done.title } }
    case 'priority':
      return { id, version, set: { priority: done.priority } }
    case 'labels':
      return {
        id,
        version,
        set: { label_ids: Array.from({ length: done.count }, (_, n) => uuid(900 + n)) as never },
      }
    case 'move':
      return { id, version, place: { column_id: done.right ? RIGHT : LEFT, order: done.order } }
    case 'archive':
      return { id, version, archived: true }
    case 'trash':
      return { id, version, trashed: true }
  }
}

/** On the cards that a person can see; gives whether there was anything to do. */
async function perform(board: Board, done: Action, next: { number: number }): Promise<boolean> {
  if (done.kind === 'create') {
    board.create(next.number)
    next.number += 1
    return true
  }
  const seen = done.cards
    .map((number) => board.get(taskId(number)))
    .filter((one) => !one.trashed && !one.archived_at)
  if (seen.length > 0) await board.act(seen.map(({ id, version }) => changeOf(done, id, version)))
  return seen.length > 0
}

/** What the board looks like after each. */
export async function performAll(board: Board, actions: readonly Action[]) {
  const seen: ReturnType<Board['look']>[] = []
  const next = { number: 10 }
  for (const done of actions) if (await perform(board, done, next)) seen.push(board.look())
  return seen
}
