import { useMemo } from 'react'
import type { TaskId } from '#shared/ids.ts'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { SelectionDesk } from '../features/board/selection-desk.tsx'
import { useBoardActions } from '../features/board/use-board-actions.ts'
import { useCardSource } from '../features/board/use-card-source.ts'
import { TimelineView } from '../features/timeline/timeline-view.tsx'
import type { CardFilter } from '../lib/card-filter.ts'
import { useToday } from '../lib/today.ts'
import { NoCards } from './no-cards.tsx'

interface BoardTimelineProps {
  state: BoardState
  filter: CardFilter | null
  openTaskId: TaskId | null
  onOpenTask: (id: TaskId) => void
}

/** A board by the due dates of its cards. */
export function BoardTimeline({ state, filter, openTaskId, onOpenTask }: BoardTimelineProps) {
  const today = useToday()
  const actions = useBoardActions(state.board.id)
  const { columns: known, columnMoves, cards: placed } = state
  const columns = useMemo(() => columnsInOrder({ columns: known, columnMoves }), [known, columnMoves])
  const matches = filter?.matches ?? null
  const cards = useMemo(() => {
    const all = columns.flatMap(({ id }) => placed.get(id) ?? [])
    return matches ? all.filter(matches) : all
  }, [columns, placed, matches])
  const lists = useMemo(() => [cards], [cards])
  useCardSource(state, onOpenTask)
  if (cards.length === 0) return <NoCards isFiltered={matches !== null} />
  return (
    <>
      <TimelineView
        cards={cards}
        boardKey={state.board.key}
        columns={columns}
        today={today}
        openTaskId={openTaskId}
        onOpenTask={onOpenTask}
        onDue={(card, due_date) => actions.editCard(card, { due_date })}
      />
      <SelectionDesk isAlone state={state} lists={lists} openTaskId={openTaskId} />
    </>
  )
}
