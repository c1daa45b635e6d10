import type { LabelId, TaskId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { TaskLink } from '#shared/task-link.ts'
import type { BoardState } from './board-state.ts'
import { withSameCards } from './change-cards.ts'

export function withLabel(state: BoardState, label: Label): BoardState {
  return { ...state, labels: new Map(state.labels).set(label.id, label) }
}

/** The state without a label, which is off all cards too. */
export function withoutLabel(state: BoardState, id: LabelId): BoardState {
  const labels = new Map(state.labels)
  labels.delete(id)
  return withSameCards({ ...state, labels }, state.tasks.keys(), (card) =>
    card.label_ids.includes(id)
      ? { ...card, label_ids: card.label_ids.filter((one) => one !== id) }
      : undefined,
  )
}

/** The label is back, and on these cards again. */
export function withRestoredLabel(state: BoardState, label: Label, ids: readonly TaskId[]): BoardState {
  return withSameCards(withLabel(state, label), ids, (card) =>
    card.label_ids.includes(label.id) ? undefined : { ...card, label_ids: [...card.label_ids, label.id] },
  )
}

export function withLink(state: BoardState, link: TaskLink): BoardState {
  return { ...state, links: replaced(state.links, link) }
}

/** The list with this one instead of the one with its id, else behind all. */
export function replaced<T extends { id: string }>(list: readonly T[], next: T): readonly T[] {
  return list.some(({ id }) => id === next.id)
    ? list.map((one) => (one.id === next.id ? next : one))
    : [...list, next]
}
