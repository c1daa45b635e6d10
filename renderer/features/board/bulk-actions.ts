import type { ColumnId, LabelId } from '#shared/ids.ts'
import { calculateOrder, SMALLEST_GAP } from '#shared/order.ts'
import type { TaskCard, TaskFields } from '#shared/task.ts'
import { nextColor } from '../../lib/colors.ts'
import { selectionOf } from '../../lib/selection.ts'
import { texts } from '../../lib/texts/texts.ts'
import { noteUnderWay } from '../../lib/undo/undo-store.ts'
import { duplicateMany, runMany } from './bulk-calls.ts'
import { changeMany, showPlaced, showWhile } from './bulk-change.ts'
import { createLabel } from './create-label.ts'
import { type Between, isRoomUnknown, roomBelow } from './room-below.ts'
import type { ActionKit } from './use-board-actions.ts'

export type BulkActions = ReturnType<typeof bulkActions>

/** What can be done with several cards. */
export function bulkActions(kit: ActionKit) {
  const setOf = (cards: readonly TaskCard[], what: string, setFor: (card: TaskCard) => TaskFields | null) => {
    const changes = cards.flatMap((card) => {
      const set = setFor(card)
      return set ? [{ id: card.id, version: card.version, set }] : []
    })
    return changeMany(kit, cards, changes, { verb: texts.boardMoves.changed(what) })
  }

  const setLabel = (cards: readonly TaskCard[], id: LabelId, isOn: boolean) =>
    setOf(cards, 'labels', ({ label_ids: ids }) => {
      if (ids.includes(id) === isOn) return null
      return { label_ids: isOn ? [...ids, id] : ids.filter((one) => one !== id) }
    })

  return {
    /** The selected cards, if this is one of them, else only this. */
    groupWith: (card: TaskCard): readonly TaskCard[] => {
      const { ids } = selectionOf(kit.boardId)
      const state = kit.read()
      if (!ids.has(card.id) || !state) return [card]
      return [...ids].flatMap((id) => state.tasks.get(id) ?? [])
    },
    /** To the end of the column, in the order in which they stand. */
    moveToColumn: async (cards: readonly TaskCard[], columnId: ColumnId) => {
      // While cards are still coming, nobody knows which is the last.
      const { known, last } = await readEnd(kit, cards, columnId)
      const coming = known.filter((card) => card.column_id !== columnId)
      return place(kit, coming, columnId, [last, null])
    },
    /** Between two others of a column, as one card is, and what else that means for each, such as another priority. */
    placeBetween: (
      cards: readonly TaskCard[],
      columnId: ColumnId,
      between: Between,
      setOf?: (card: TaskCard) => TaskFields,
    ) => place(kit, cards, columnId, between, setOf),
    /** Into a column where they stand in an order of their own: those that are in it already keep their place. */
    sendWith: (cards: readonly TaskCard[], columnId: ColumnId, setOf: (card: TaskCard) => TaskFields) =>
      sendWith(kit, cards, columnId, setOf),
    set: (cards: readonly TaskCard[], what: string, set: TaskFields) => setOf(cards, what, () => set),
    /** On all of them, or off all that have it. */
    setLabel,
    /** A label that there is not yet, on all of them. */
    addNewLabel: async (cards: readonly TaskCard[], name: string) => {
      const label = await createLabel(kit, name, nextColor(kit.read()?.labels.values() ?? []))
      if (label) await setLabel(cards, label.id, true)
    },
    archive: (cards: readonly TaskCard[]) => archive(kit, cards),
    /** All cards of a column, those that a filter hides and those that are still coming too. */
    archiveColumn: async (id: ColumnId) => archive(kit, (await kit.readAll())?.cards.get(id) ?? []),
    remove: (cards: readonly TaskCard[]) =>
      changeMany(
        kit,
        cards,
        cards.map(({ id, version }) => ({ id, version, trashed: true })),
        { verb: 'deleted' },
      ),
    duplicate: (cards: readonly TaskCard[]) => duplicateMany(kit, cards),
    run: (cards: readonly TaskCard[]) => runMany(kit, cards),
  }
}

function archive(kit: ActionKit, cards: readonly TaskCard[]): Promise<boolean> {
  const changes = cards.map(({ id, version }) => ({ id, version, archived: true }))
  return changeMany(kit, cards, changes, { verb: 'archived' })
}

/** The cards as they are once all of the board have come, and the order of the last one of a column. */
async function readEnd(kit: ActionKit, cards: readonly TaskCard[], columnId: ColumnId) {
  const state = await kit.readAll()
  return {
    known: cards.map((card) => state?.tasks.get(card.id) ?? card),
    last: state?.cards.get(columnId)?.at(-1)?.order ?? null,
  }
}

async function sendWith(
  kit: ActionKit,
  cards: readonly TaskCard[],
  columnId: ColumnId,
  setOf: (card: TaskCard) => TaskFields,
): Promise<boolean> {
  const { known, last } = await readEnd(kit, cards, columnId)
  const end = calculateOrder(last, null)
  const changes = known.map((card, index) => {
    const order = card.column_id === columnId ? card.order : end + index
    return changeOf(card, { column_id: columnId, order }, setOf(card))
  })
  return showPlaced(kit, known, changes)
}

async function place(
  kit: ActionKit,
  cards: readonly TaskCard[],
  columnId: ColumnId,
  between: Between,
  setOf: (card: TaskCard) => TaskFields = () => ({}),
): Promise<boolean> {
  const changesIn = (coming: readonly TaskCard[], [previous, next]: Between) =>
    coming.map((card, index) => {
      const order = placeAmong(previous, next, index, coming.length)
      return changeOf(card, { column_id: columnId, order }, setOf(card))
    })
  const [previous] = between
  if (previous === null || !isRoomUnknown(kit.read(), columnId, between)) {
    return showPlaced(kit, cards, changesIn(cards, between))
  }
  const placeBelow = async () => {
    const state = await kit.readAll()
    const known = cards.map((card) => state?.tasks.get(card.id) ?? card)
    const room = roomBelow(state, columnId, previous, new Set(cards.map(({ id }) => id)))
    return showPlaced(kit, known, changesIn(known, room))
  }
  const shown = changesIn(cards, [previous, previous + SMALLEST_GAP / 2])
  return noteUnderWay(kit.boardId, showWhile(kit, shown, placeBelow))
}

function changeOf({ id, version }: TaskCard, to: { column_id: ColumnId; order: number }, set: TaskFields) {
  return { id, version, place: to, ...(Object.keys(set).length > 0 && { set }) }
}

/** The place of one of several cards that go between two others. */
function placeAmong(previous: number | null, next: number | null, index: number, count: number): number {
  if (next === null) return calculateOrder(previous, null) + index
  if (previous === null) return next - (count - index)
  return previous + ((next - previous) * (index + 1)) / (count + 1)
}
