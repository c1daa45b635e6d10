import { useEffect } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { actingElement } from '../../lib/actions/palette-state.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import {
  kept,
  select,
  selectionOf,
  selectNothing,
  toggled,
  useSelection,
  withAll,
} from '../../lib/selection.ts'
import type { BoardState } from './board-state.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useCardsOffers } from './use-cards-offers.ts'

interface SelectionDeskProps {
  state: BoardState
  /** The cards that are shown, list by list, as they stand on the screen. */
  lists: readonly (readonly TaskCard[])[]
  openTaskId: TaskId | null
  /** Nobody else offers what can be done with a single card. */
  isAlone?: boolean
}

/** What offers itself for single cards elsewhere; of several, all is offered here. */
const OF_SINGLE_CARDS = ['card.move', 'card.priority', 'card.run', 'card.delete'] as const

/** What can be selected, and what can be done with the selected cards, else with the one that has the focus. */
export function SelectionDesk({ state, lists, openTaskId, isAlone = false }: SelectionDeskProps) {
  const boardId = state.board.id
  const { ids } = useSelection(boardId)
  useEffect(() => {
    select(boardId, (before) => {
      if (before.ids.size === 0) return before
      const shown = new Set(lists.flatMap((list) => list.map(({ id }) => id)))
      return kept(before, (id) => shown.has(id))
    })
  }, [boardId, lists])
  useEffect(() => () => selectNothing(boardId), [boardId])

  const focused = () => focusedCard(state)
  const subjects = () => {
    const card = focused() ?? (openTaskId === null ? undefined : state.tasks.get(openTaskId))
    return card ? [card] : []
  }
  useCardsOffers({ state, cards: subjects, without: isAlone ? [] : OF_SINGLE_CARDS })
  useOffers({
    'card.select': {
      run: () => {
        const card = focused()
        if (card) select(boardId, (before) => toggled(before, card.id))
      },
      isEnabled: () => focused() !== undefined,
    },
    'card.select-column': {
      run: () => {
        const card = focused()
        const list = lists.find((one) => one.some(({ id }) => id === card?.id)) ?? lists.flat()
        select(boardId, (before) => withAll(before, idsOf(list)))
      },
      isEnabled: () => lists.some((list) => list.length > 0),
    },
    'card.select-all': {
      run: () => select(boardId, (before) => withAll(before, idsOf(lists.flat()))),
      isEnabled: () => lists.some((list) => list.length > 0),
    },
  })
  const selected = () => lists.flat().filter((card) => selectionOf(boardId).ids.has(card.id))
  return ids.size === 0 ? null : <BulkBar state={state} count={ids.size} cards={selected} />
}

function focusedCard(state: BoardState): TaskCard | undefined {
  const element = actingElement()
  const id = element instanceof HTMLElement ? element.dataset.taskId : undefined
  return state.tasks.get(id as TaskId)
}

function idsOf(cards: readonly TaskCard[]): TaskId[] {
  return cards.map(({ id }) => id)
}
