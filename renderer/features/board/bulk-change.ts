import type { ColumnId, TaskId } from '#shared/ids.ts'
import { MOST_CHANGES, type Task, type TaskCard, type TaskChange } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { cardStep } from '../../lib/undo/card-step.ts'
import { noteUnderWay, recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { finishBulk, noteBulk } from './bulk-progress.ts'
import { withMove, withoutMove } from './change-cards.ts'
import { cardsText, tellChanged } from './note-step.ts'
import type { ActionKit } from './use-board-actions.ts'

/** So many cards are shown at their new place before the app has answered. */
const MOST_SHOWN_AT_ONCE = 50

/** Single moves count upwards. */
let lastToken = 0

/** How a change is told of: "moved 3 cards to Done". */
export interface Telling {
  verb: string
  to?: string
  force?: boolean
}

type PlacedChange = TaskChange & { place: { column_id: ColumnId; order: number } }

/** Shows cards where they go before the app has answered. */
export async function showPlaced(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly PlacedChange[],
): Promise<boolean> {
  const to = changes[0]?.place.column_id
  const column = kit.read()?.columns.find(({ id }) => id === to)
  const telling = { verb: 'moved', ...(column && { to: texts.boardMoves.to(column.name) }) }
  return showWhile(kit, changes, () => changeMany(kit, cards, changes, telling))
}

/** Shows cards at their new places for as long as it takes. */
export async function showWhile<T>(
  kit: ActionKit,
  changes: readonly PlacedChange[],
  act: () => Promise<T>,
): Promise<T> {
  const showing = changes.slice(0, MOST_SHOWN_AT_ONCE)
  lastToken -= 1
  const token = lastToken
  kit.patch((state) => showing.reduce((all, one) => withMove(all, one.id, { ...one.place, token }), state))
  const done = await act()
  kit.patch((state) => showing.reduce((all, one) => withoutMove(all, one.id, token), state))
  return done
}

/** Any number of cards as one step that can be undone; it ends where the app refuses some of them. */
export function changeMany(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly TaskChange[],
  telling: Telling,
): Promise<boolean> {
  return changes.length === 0
    ? Promise.resolve(true)
    : noteUnderWay(kit.boardId, changeInParts(kit, cards, changes, telling))
}

async function changeInParts(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly TaskChange[],
  telling: Telling,
): Promise<boolean> {
  const done: Task[] = []
  let refusal: unknown = null
  for (let from = 0; from < changes.length && refusal === null; from += MOST_CHANGES) {
    noteBulk({ done: from, total: changes.length })
    try {
      done.push(...(await changeSome(kit, changes.slice(from, from + MOST_CHANGES), telling)))
    } catch (error) {
      refusal = error
    }
  }
  finishBulk()
  if (done.length > 0) noteDone(kit, cards, changes.slice(0, done.length), done, telling)
  if (refusal === null) return true
  tellRefused(kit, refusal, cards, changes.slice(done.length), telling)
  return false
}

/** In one transaction: all of them, or none. */
async function changeSome(
  kit: ActionKit,
  changes: TaskChange[],
  { force = false }: Telling,
): Promise<readonly Task[]> {
  const { tasks } = await api.tasks.change.mutate({ board_id: kit.boardId, changes, force })
  tellChanged(kit, changes, tasks)
  return tasks
}

function noteDone(
  kit: ActionKit,
  cards: readonly TaskCard[],
  changes: readonly TaskChange[],
  done: readonly Task[],
  { verb, to = '' }: Telling,
): void {
  const before = new Map<TaskId, Partial<Task>>(cards.map((card) => [card.id, card]))
  const title = `${verb} ${cardsText(kit, done)}${to}`
  const step = cardStep(changes, (id) => before.get(id), done)
  showToast({
    title: sentence(title),
    action: { label: texts.boardMoves.undo, run: recordStep(kit.boardId, title, step) },
  })
}

function tellRefused(
  kit: ActionKit,
  error: unknown,
  cards: readonly TaskCard[],
  changes: readonly TaskChange[],
  telling: Telling,
): void {
  const { reason } = errorFacts(error)
  const ids = new Set(changes.map(({ id }) => id))
  const left = cards.filter(({ id }) => ids.has(id))
  const again = (next: readonly TaskChange[], force: boolean) =>
    void changeMany(kit, left, next, { ...telling, force })
  const failed = {
    tone: 'bad',
    title: texts.boardMoves.not(telling.verb, cardsText(kit, left), telling.to ?? ''),
  } as const
  if (reason === 'WIP_LIMIT_EXCEEDED') {
    const action = { label: texts.boardMoves.doAnyway, run: () => again(changes, true) }
    showToast({ ...failed, text: errorText(error), action })
  } else if (reason === 'VERSION_CONFLICT') {
    // By the time somebody presses it, the window shows what the others have made of them.
    const action = { label: texts.boardMoves.tryAgain, run: () => again(asKnownNow(kit, changes), false) }
    showToast({ ...failed, text: texts.boardMoves.somebodyChangedOneThem, action })
  } else showToast({ ...failed, text: errorText(error) })
}

function asKnownNow(kit: ActionKit, changes: readonly TaskChange[]): TaskChange[] {
  const tasks = kit.read()?.tasks
  return changes.flatMap((change) => {
    const card = tasks?.get(change.id)
    return card ? [{ ...change, version: card.version }] : []
  })
}

export function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
