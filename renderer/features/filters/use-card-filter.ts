import { useMemo } from 'react'
import { agentStateOf } from '#shared/agent-state.ts'
import { type BoardQuery, isFiltering } from '#shared/board-query.ts'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import { compareCards, type MatchContext, matches } from '#shared/match-card.ts'
import type { TaskCard } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'
import type { CardFilter } from '../../lib/card-filter.ts'
import { useToday } from '../../lib/today.ts'
import { useMe } from '../../lib/use-people.ts'
import { waitingCards } from '../../lib/waiting-cards.ts'

/** What of a board decides which cards a query shows. */
export interface FilteredBoard {
  board: { key: string }
  columns: readonly Column[]
  links: readonly TaskLink[]
  tasks: ReadonlyMap<TaskId, TaskCard>
  executions: ReadonlyMap<TaskId, ExecutionSummary>
}

/** The filter of a query; null when it shows every card at its place. The same one until it would decide otherwise. */
export function useCardFilter(board: FilteredBoard, query: BoardQuery): CardFilter | null {
  const userId = useMe()?.id
  const me = userId ? `person:${userId}` : null
  const today = useToday()
  const { key } = board.board
  const { columns, links } = board
  // What a query does not ask for must not make the filter another one with each event.
  const asksAgents = query.agent_states.length > 0
  const asksBlocked = query.blocked !== 'any'
  const tasks = asksBlocked ? board.tasks : null
  const executions = asksAgents || asksBlocked ? board.executions : null
  const blocked = useMemo(
    () => (tasks && executions ? waitingCards({ columns, links, tasks, executions }) : null),
    [columns, links, tasks, executions],
  )
  const context = useMemo<MatchContext>(() => {
    const ends = new Set(columns.filter((column) => column.is_end_column).map(({ id }) => id))
    return {
      key,
      today,
      me,
      agentState: (id) => agentStateOf(executions?.get(id)),
      isBlocked: (id) => blocked?.has(id) ?? false,
      isDone: (card) => ends.has(card.column_id),
    }
  }, [key, today, me, columns, executions, blocked])
  return useMemo(() => {
    const { by, direction } = query.sort
    const compare = by === 'manual' && direction === 'asc' ? null : compareCards(query)
    const decides = isFiltering(query) ? (card: TaskCard) => matches(card, query, context) : null
    return compare || decides ? { matches: decides, compare } : null
  }, [query, context])
}
