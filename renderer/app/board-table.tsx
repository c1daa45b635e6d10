import { useMemo } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { SelectionDesk } from '../features/board/selection-desk.tsx'
import { useBoardActions } from '../features/board/use-board-actions.ts'
import { useCardSource } from '../features/board/use-card-source.ts'
import { useMoves } from '../features/board/use-moves.ts'
import { ColumnsMenu } from '../features/table/columns-menu.tsx'
import type { TableLayout } from '../features/table/table-column.ts'
import type { TableScope } from '../features/table/table-scope.ts'
import { TableView } from '../features/table/table-view.tsx'
import type { CardFilter } from '../lib/card-filter.ts'
import { groupCards } from '../lib/card-groups.ts'
import { useToday } from '../lib/today.ts'
import { useAgents } from '../lib/use-agents.ts'
import { usePeople } from '../lib/use-people.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import { NoCards } from './no-cards.tsx'

interface BoardTableProps {
  state: BoardState
  query: BoardQuery
  filter: CardFilter | null
  openTaskId: TaskId | null
  onOpenTask: (id: TaskId) => void
  onQuery: (query: BoardQuery) => void
}

/** A board as a table. */
export function BoardTable({ state, query, filter, openTaskId, onOpenTask, onQuery }: BoardTableProps) {
  const { layout, setLayout } = useTableLayout()
  const people = usePeople()
  const { columns: known, columnMoves, cards: placed, labels } = state
  const columns = useMemo(() => columnsInOrder({ columns: known, columnMoves }), [known, columnMoves])
  const cards = useMemo(
    () =>
      shownIn(
        columns.flatMap(({ id }) => placed.get(id) ?? []),
        filter,
      ),
    [columns, placed, filter],
  )
  const by = query.group_by
  const groups = useMemo(
    () => (by === 'none' ? null : groupCards(cards, by, { columns, labels, people })),
    [by, cards, columns, labels, people],
  )
  const scope = useTableScopeOf(state, columns, onOpenTask)
  const lists = useMemo(() => (groups ? groups.map((group) => group.cards) : [cards]), [groups, cards])
  useCardSource(state, onOpenTask)
  if (cards.length === 0) return <NoCards isFiltered={Boolean(filter?.matches)} />
  return (
    <>
      <TableView
        cards={cards}
        groups={groups}
        scope={scope}
        sort={query.sort}
        onSort={(sort) => onQuery({ ...query, sort })}
        layout={layout}
        onLayout={setLayout}
        openTaskId={openTaskId}
      />
      <SelectionDesk isAlone state={state} lists={lists} openTaskId={openTaskId} />
    </>
  )
}

/** Which columns the table shows, for the bar above it. */
export function TableColumns() {
  const { layout, setLayout } = useTableLayout()
  return <ColumnsMenu layout={layout} onLayout={setLayout} />
}

function useTableLayout() {
  const { preferences, update } = usePreferences()
  const setLayout = (table: TableLayout) =>
    update({ table: { widths: { ...table.widths }, hidden: [...table.hidden] } })
  return { layout: preferences.table, setLayout }
}

function useTableScopeOf(
  { board, labels, executions }: BoardState,
  columns: TableScope['columns'],
  openTask: TableScope['openTask'],
): TableScope {
  const people = usePeople()
  const agents = useAgents()
  const today = useToday()
  const actions = useBoardActions(board.id)
  const moves = useMoves(board.id)
  return useMemo(
    () => ({
      boardId: board.id,
      boardKey: board.key,
      columns,
      labels,
      people,
      agents,
      executions,
      today,
      openTask,
      edit: (card, fields) => void actions.editCard(card, fields),
      move: (id, columnId) => moves.moveToEnd(id, columnId),
    }),
    [board, columns, labels, people, agents, executions, today, openTask, actions, moves],
  )
}

function shownIn(cards: readonly TaskCard[], filter: CardFilter | null): readonly TaskCard[] {
  const found = filter?.matches ? cards.filter(filter.matches) : cards
  return filter?.compare ? found.toSorted(filter.compare) : found
}
