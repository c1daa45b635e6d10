import { type ComponentType, lazy, Suspense, useCallback, useMemo } from 'react'
import { type BoardQuery, DEFAULT_QUERY } from '#shared/board-query.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { BoardView } from '../features/board/board-view.tsx'
import type { FilterFacts } from '../features/filters/facet.tsx'
import { FilterBar } from '../features/filters/filter-bar.tsx'
import { useCardFilter } from '../features/filters/use-card-filter.ts'
import { useOpenDefaultView } from '../features/views/use-default-view.ts'
import { ViewsMenu } from '../features/views/views-menu.tsx'
import { useCreatedCards } from '../lib/created-cards.ts'
import { navigate, queryOf, type Route, useRoute } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { useAgents } from '../lib/use-agents.ts'
import { useLatestCallback } from '../lib/use-latest-callback.ts'
import { usePeople } from '../lib/use-people.ts'
import { showToast } from '../ui/toast.tsx'
import { BoardTable, TableColumns } from './board-table.tsx'
import { BoardTimeline } from './board-timeline.tsx'

// The charts are heavy, and needed seldom.
const InsightsView = lazy(async () => ({
  default: (await import('../features/insights/insights-view.tsx')).InsightsView,
}))

interface BoardBodyProps {
  state: BoardState
  openTaskId: TaskId | null
  onOpenTask: (id: TaskId) => void
  Activity: ComponentType<{ execution: ExecutionSummary }>
}

/** The bar that says what is shown of a board, and below it the view that shows it. */
export function BoardBody({ state, openTaskId, onOpenTask, Activity }: BoardBodyProps) {
  const route = useRoute()
  const query = queryOf(route)
  const filter = useCardFilter(state, query)
  const facts = useFilterFacts(state)
  const boardId = state.board.id
  const show = useCallback(
    (next: BoardQuery, options?: { replace?: boolean }) =>
      navigate({ page: 'board', boardId, taskId: openTaskId, query: next }, options),
    [boardId, openTaskId],
  )
  useOpenDefaultView(boardId, state.views, isAsked(route), (view) => show(view.query, { replace: true }))
  useCreatedCards((card) => {
    if (card.board_id !== boardId || !filter?.matches || filter.matches(card)) return
    const { sort, group_by, view } = query
    showToast({
      title: texts.app.addedButFilterHides(state.board.key, card.number),
      action: { label: texts.app.showAllCards, run: () => show({ ...DEFAULT_QUERY, sort, group_by, view }) },
    })
  })
  const { group_by: by } = query
  const laneBy = by === 'none' || by === 'column' ? null : by
  const views = useMemo(
    () => <ViewsMenu boardId={boardId} views={state.views} query={query} onShow={show} />,
    [boardId, state.views, query, show],
  )
  const tools = useMemo(() => query.view === 'table' && <TableColumns />, [query.view])
  const shared = { state, filter, openTaskId, onOpenTask }
  return (
    <>
      <FilterBar query={query} facts={facts} onChange={show} tools={tools}>
        {views}
      </FilterBar>
      {query.view === 'insights' ? (
        <Suspense fallback={null}>
          <InsightsView boardId={boardId} boardKey={state.board.key} columns={columnsInOrder(state)} />
        </Suspense>
      ) : query.view === 'timeline' ? (
        <BoardTimeline {...shared} />
      ) : query.view === 'table' ? (
        <BoardTable {...shared} query={query} onQuery={show} />
      ) : (
        <BoardView {...shared} laneBy={laneBy} Activity={Activity} />
      )}
    </>
  )
}

function isAsked(route: Route): boolean {
  return route.page === 'board' && route.query !== undefined
}

function useFilterFacts({ labels, tasks }: BoardState): FilterFacts {
  const people = usePeople()
  const agents = useAgents()
  const otherAssignees = useLatestCallback(() => othersOf(tasks))
  return useMemo(
    () => ({
      labels: [...labels.values()].toSorted((a, b) => a.name.localeCompare(b.name)),
      people,
      agents,
      otherAssignees,
    }),
    [labels, people, agents, otherAssignees],
  )
}

const known = new WeakMap<BoardState['tasks'], readonly string[]>()

/** Looked for once, not with each letter that is typed. */
function othersOf(tasks: BoardState['tasks']): readonly string[] {
  const found =
    known.get(tasks) ??
    [
      ...new Set([...tasks.values()].flatMap(({ assigned_to: name }) => (isOther(name) ? [name] : []))),
    ].toSorted()
  known.set(tasks, found)
  return found
}

function isOther(assignee: string | null): assignee is string {
  return assignee !== null && assignee !== '' && !/^(person|agent):/.test(assignee)
}
