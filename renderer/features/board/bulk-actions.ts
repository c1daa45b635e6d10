import type { ColumnId, LabelId, TaskId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import type { Task, TaskCard, TaskChange, TaskFields } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { plural } from '../../lib/format.ts'
import { selectionOf } from '../../lib/selection.ts'
import { api } from '../../lib/trpc.ts'
import { cardStep } from '../../lib/undo/card-step.ts'
import { noteUnderWay, recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { finishBulk, noteBulk } from './bulk-progress.ts'
import { withMove, withoutMove } from './change-cards.ts'
import { withExecution } from './change-executions.ts'
import { cardsText, noteCreated, tellChanged } from './note-step.ts'
import type { ActionKit } from './use-board-actions.ts'

/** So many cards are shown at their new place before the app has answered. */
const MOST_SHOWN_AT_ONCE = 50

/** Single moves count upwards. */
let lastToken = 0

/** More at once are changed in so many steps. */
const MOST_AT_ONCE = 500

export type BulkActions = ReturnType<typeof bulkActions>

/** What can be done with several cards: all of it, or nothing. */
export function bulkActions(kit: ActionKit) {
  const setOf = (cards: readonly TaskCard[], what: string, setFor: (card: TaskCard) => TaskFields | null) => {
    const changes = cards.flatMap((card) => {
      const set = setFor(card)
      return set ? [{ id: card.id, version: card.version, set }] : []
    })
    return changeMany(kit, cards, changes, `changed the ${what} of`)
  }

  return {
    /** The selected cards, if this is one of them, else only this. */
    groupWith: (card: TaskCard): readonly TaskCard[] => {
      const { ids } = selectionOf(kit.boardId)
      const state = kit.read()
      if (!ids.has(card.id) || !state) return [card]
      return [...ids].flatMap((id) => state.tasks.get(id) ?? [])
    },
    /** To the end of the column, in the order in which they stand. */
    moveToColumn: (cards: readonly TaskCard[], columnId: ColumnId) => {
      const last = kit.read()?.cards.get(columnId)?.at(-1)?.order ?? null
      const coming = cards.filter((card) => card.column_id !== columnId)
      return place(kit, coming, columnId, [last, null])
    },
    /** Between two places of a column. */
    placeBetween: (
      cards: readonly TaskCard[],
      columnId: ColumnId,
      between: readonly [previous: number | null, next: number | null],
    ) => place(kit, cards, columnId, between),
    /** To a place of a column, of which null is the end, and what else that means, such as another priority. */
    placeWith: (card: TaskCard, columnId: ColumnId, order: number | null, set: TaskFields) => {
      const last = kit.read()?.cards.get(columnId)?.at(-1)?.order ?? null
      const to = { column_id: columnId, order: order ?? calculateOrder(last, null) }
      return showPlaced(kit, [card], [{ id: card.id, version: card.version, place: to, set }])
    },
    set: (cards: readonly TaskCard[], what: string, set: TaskFields) => setOf(cards, what, () => set),
    /** On all of them, or off all that have it. */
    setLabel: (cards: readonly TaskCard[], id: LabelId, isOn: boolean) =>
      setOf(cards, 'labels', ({ label_ids: ids }) => {
        if (ids.includes(id) === isOn) return null
        return { label_ids: isOn ? [...ids, id] : ids.filter((one) => one !== id) }
      }),
    archive: (cards: readonly TaskCard[]) => archive(kit, cards),
    /** All cards of a column, those that a filter hides too. */
    archiveColumn: (id: ColumnId) => archive(kit, kit.read()?.cards.get(id) ?? []),
    remove: (cards: readonly TaskCard[]) =>
      changeMany(
        kit,
        cards,
        cards.map(({ id, version }) => ({ id, version, trashed: true })),
        'deleted',
      ),
    duplicate: (cards: readonly TaskCard[]) => duplicate(kit, cards),
    run: (cards: readonly TaskCard[]) => runAll(kit, cards),
  }
}

function archive(kit: ActionKit, cards: readonly TaskCard[]): Promise<boolean> {
  const changes = cards.map(({ id, version }) => ({ id, version, archived: true }))
  return changeMany(kit, cards, changes, 'archived')
}

async function place(
  kit: ActionKit,
  cards: readonly TaskCard[],
  column_id: ColumnId,
  [previous, next]: readonly [number | null, number | null],
): Promise<boolean> {
  const changes = cards.map(({ id, version }, index) => {
    const order = placeAmong(previous, next, index, cards.length)
    return { id, version, place: { column_id, order } }
  })
  return showPlaced(kit, cards, changes)
}

/** Shows cards where they go before the app has answered. */
async function showPlaced(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly (TaskChange & { place: NonNullable<TaskChange['place']> })[],
): Promise<boolean> {
  const to = changes[0]?.place.column_id
  const column = kit.read()?.columns.find(({ id }) => id === to)
  const showing = changes.slice(0, MOST_SHOWN_AT_ONCE)
  lastToken -= 1
  const token = lastToken
  kit.patch((state) => showing.reduce((all, one) => withMove(all, one.id, { ...one.place, token }), state))
  const isDone = await changeMany(kit, cards, changes, 'moved', column ? ` to ${column.name}` : '')
  kit.patch((state) => showing.reduce((all, one) => withoutMove(all, one.id, token), state))
  return isDone
}

/** The place of one of several cards that go between two others. */
function placeAmong(previous: number | null, next: number | null, index: number, count: number): number {
  if (next === null) return calculateOrder(previous, null) + index
  if (previous === null) return next - (count - index)
  return previous + ((next - previous) * (index + 1)) / (count + 1)
}

async function changeMany(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly TaskChange[],
  verb: string,
  to = '',
): Promise<boolean> {
  const numbers = new Map(cards.map((card) => [card.id, card]))
  for (let from = 0; from < changes.length; from += MOST_AT_ONCE) {
    const some = changes.slice(from, from + MOST_AT_ONCE)
    const named = some.flatMap(({ id }) => numbers.get(id) ?? [])
    noteBulk({ done: from, total: changes.length })
    const isDone = await noteUnderWay(kit.boardId, changeSome(kit, named, some, { verb, to, force: false }))
    finishBulk()
    if (!isDone) return false
  }
  return true
}

interface Telling {
  verb: string
  to: string
  force: boolean
}

/** In one transaction, as one step that can be undone. */
async function changeSome(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: TaskChange[],
  telling: Telling,
): Promise<boolean> {
  const { verb, to, force } = telling
  const before = new Map<TaskId, Partial<Task>>(cards.map((card) => [card.id, card]))
  const title = `${verb} ${cardsText(kit, cards)}${to}`
  try {
    const { tasks } = await api.tasks.change.mutate({ board_id: kit.boardId, changes, force })
    tellChanged(kit, changes, tasks)
    const run = recordStep(
      kit.boardId,
      title,
      cardStep(changes, (id) => before.get(id), tasks),
    )
    showToast({ title: sentence(title), action: { label: 'Undo', run } })
    return true
  } catch (error) {
    const again = (next: TaskChange[], isForced: boolean) =>
      void changeSome(kit, cards, next, { ...telling, force: isForced })
    tellRefused(kit, error, { title, changes, again })
    return false
  }
}

function tellRefused(
  kit: ActionKit,
  error: unknown,
  {
    title,
    changes,
    again,
  }: {
    title: string
    changes: TaskChange[]
    again: (changes: TaskChange[], isForced: boolean) => void
  },
): void {
  const { reason } = errorFacts(error)
  const failed = { tone: 'bad', title: `Not ${title}` } as const
  if (reason === 'WIP_LIMIT_EXCEEDED') {
    const action = { label: 'Do it anyway', run: () => again(changes, true) }
    showToast({ ...failed, text: errorText(error), action })
  } else if (reason === 'VERSION_CONFLICT') {
    // By the time somebody presses it, the window shows what the others have made of them.
    const action = { label: 'Try again', run: () => again(asKnownNow(kit, changes), false) }
    showToast({ ...failed, text: 'Somebody changed one of them first. Look at them, and try again.', action })
  } else showToast({ ...failed, text: errorText(error) })
}

function asKnownNow(kit: ActionKit, changes: readonly TaskChange[]): TaskChange[] {
  const tasks = kit.read()?.tasks
  return changes.flatMap((change) => {
    const card = tasks?.get(change.id)
    return card ? [{ ...change, version: card.version }] : []
  })
}

async function duplicate(kit: ActionKit, cards: readonly TaskCard[]): Promise<boolean> {
  const copies: Task[] = []
  const isDone = await kit.attempt(`${cardsText(kit, cards)} could not all be duplicated`, async () => {
    for (const [done, { id }] of cards.entries()) {
      noteBulk({ done, total: cards.length })
      const copy = await api.tasks.duplicate.mutate({ id })
      kit.tell(copy)
      copies.push(copy)
    }
  })
  finishBulk()
  if (copies.length > 0) {
    const run = noteCreated(kit, copies, 'duplicated to')
    showToast({ title: sentence(`duplicated to ${cardsText(kit, copies)}`), action: { label: 'Undo', run } })
  }
  return isDone
}

/** Each by itself: one that cannot start does not keep the others. */
async function runAll(kit: ActionKit, cards: readonly TaskCard[]): Promise<void> {
  const refused: string[] = []
  let started = 0
  for (const [done, card] of cards.entries()) {
    noteBulk({ done, total: cards.length })
    try {
      const execution = await api.executions.start.mutate({ task_id: card.id })
      kit.patch((state) => withExecution(state, execution))
      started += 1
    } catch (error) {
      refused.push(`${cardsText(kit, [card])}: ${errorText(error)}`)
    }
  }
  finishBulk()
  if (started > 0 && cards.length > 1) showToast({ title: `Agents start on ${plural(started, 'card')}` })
  const [first] = refused
  if (first === undefined) return
  const more = refused.length > 1 ? ` And ${refused.length - 1} more.` : ''
  showToast({ tone: 'bad', title: 'The agents were not started', text: `${first}${more}` })
}

function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
