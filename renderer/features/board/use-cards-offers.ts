import { useMemo } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { isActive } from '#shared/execution.ts'
import type { TaskCard } from '#shared/task.ts'
import type { Offer } from '../../lib/actions/offers.ts'
import { type Offers, useOffers } from '../../lib/actions/use-offers.ts'
import { useToday } from '../../lib/today.ts'
import { useAgents } from '../../lib/use-agents.ts'
import { usePeople } from '../../lib/use-people.ts'
import { type BoardState, columnsInOrder } from './board-state.ts'
import {
  assigneeChoices,
  type ChoiceSetting,
  columnChoices,
  dueChoices,
  estimateChoices,
  labelChoices,
  priorityChoices,
} from './card-choices.tsx'
import { cardsText } from './note-step.ts'
import { useBulkActions } from './use-bulk-actions.ts'

interface CardsOffers {
  state: BoardState
  /** Those that are meant now. */
  cards: () => readonly TaskCard[]
  /** Only what single cards do not offer by themselves. */
  without?: readonly (keyof Offers)[]
}

/** Offers what can be done with the cards that are meant: with all of them at once. */
export function useCardsOffers({ state, cards, without = [] }: CardsOffers): void {
  const bulk = useBulkActions(state.board.id)
  const people = usePeople()
  const agents = useAgents()
  const today = useToday()
  const { labels, columns, columnMoves } = state
  const inOrder = useMemo(() => columnsInOrder({ columns, columnMoves }), [columns, columnMoves])
  const setting = (): ChoiceSetting => ({
    cards: cards(),
    bulk,
    columns: inOrder,
    labels,
    people,
    agents,
    today,
  })
  const common = {
    isEnabled: () => cards().length > 0,
    subject: () => subjectOf(state, cards()),
  }
  const page = (
    choices: (setting: ChoiceSetting, text: string) => ReturnType<typeof columnChoices>,
  ): Offer => ({
    ...common,
    choices: (text) => choices(setting(), text),
  })
  const act = (run: (cards: readonly TaskCard[]) => unknown): Offer => ({
    ...common,
    run: () => void run(cards()),
  })
  const idle = () => cards().filter(({ id }) => !isAtWork(state.executions.get(id)))
  const offers: Offers = {
    'card.move': page(columnChoices),
    'card.priority': page(priorityChoices),
    'card.labels': page(labelChoices),
    'card.assign': page(assigneeChoices),
    'card.due': page(dueChoices),
    'card.estimate': page(estimateChoices),
    'card.run': { ...act(() => bulk.run(idle())), isEnabled: () => idle().length > 0 },
    'card.duplicate': act(bulk.duplicate),
    'card.archive': act(bulk.archive),
    'card.delete': act(bulk.remove),
  }
  useOffers(
    Object.fromEntries(Object.entries(offers).filter(([id]) => !without.includes(id as keyof Offers))),
  )
}

function isAtWork(execution: ExecutionSummary | undefined): boolean {
  return execution !== undefined && isActive(execution.status)
}

function subjectOf(state: BoardState, cards: readonly TaskCard[]): string | undefined {
  const [only] = cards
  if (!only) return undefined
  const text = cardsText({ read: () => state }, cards)
  return cards.length === 1 ? `${text} ${only.title}` : text
}
