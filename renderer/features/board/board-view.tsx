import { DndContext, MeasuringStrategy } from '@dnd-kit/core'
import { Columns3 } from 'lucide-react'
import { type ComponentType, useCallback, useMemo, useRef, useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { CardFilter } from '../../lib/card-filter.ts'
import type { GroupBy } from '../../lib/card-groups.ts'
import { extendSelection, selectByPress } from '../../lib/selection.ts'
import { useKeymap } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useToday } from '../../lib/today.ts'
import { usePeople } from '../../lib/use-people.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { BoardColumns } from './board-columns.tsx'
import { type BoardScope, BoardScopeProvider } from './board-context.ts'
import { type BoardState, countIn } from './board-state.ts'
import styles from './board-view.module.css'
import { idsIn, selectedWith } from './card-lists.ts'
import { cardMenu } from './card-menu.tsx'
import type { ColumnHandles } from './column-handles.ts'
import { DragGhost } from './drag-ghost.tsx'
import { DragStoreProvider } from './drag-store.ts'
import { LanesView } from './lanes-view.tsx'
import { SelectionDesk } from './selection-desk.tsx'
import { useBoardLayout } from './use-board.ts'
import { useBoardActions } from './use-board-actions.ts'
import { useBoardDrag } from './use-board-drag.ts'
import { useBoardKeys } from './use-board-keys.ts'
import { useBulkActions } from './use-bulk-actions.ts'
import { useCardFocus } from './use-card-focus.ts'
import { useCardSource } from './use-card-source.ts'
import { useCollapsed } from './use-collapsed.ts'
import { dropInLane, useLanes } from './use-lanes.ts'
import { useMoves } from './use-moves.ts'
import { NO_CARDS, useOpenCards } from './use-open-cards.ts'
import { useOpenColumnInSight } from './use-open-column-in-sight.ts'
import { useShownCards } from './use-shown-cards.ts'
import { useWaitingCards } from './waiting-cards.ts'

interface BoardViewProps {
  state: BoardState
  /** Which cards are shown; null: all of them. */
  filter: CardFilter | null
  /** Rows across the columns; null: none. */
  laneBy: GroupBy | null
  openTaskId: TaskId | null
  onOpenTask: (id: TaskId) => void
  Activity: ComponentType<{ execution: ExecutionSummary }>
}

const MEASURING = { droppable: { strategy: MeasuringStrategy.WhileDragging } }

/** The columns of a board, their cards, and all that mouse and keyboard can do with them. */
export function BoardView({ state, filter, laneBy, openTaskId, onOpenTask, Activity }: BoardViewProps) {
  const { columns, cards: all } = useBoardLayout(state)
  const filtered = useShownCards(all, filter)
  const { collapsed, toggle: collapse } = useCollapsed(columns)
  // Nobody walks over the cards of a strip.
  const open = useOpenCards(filtered, collapsed)
  const people = usePeople()
  const lanes = useLanes(state.labels, columns, people, filtered, laneBy)
  const cards = lanes?.cards ?? open
  const handles = useRef<ColumnHandles>(new Map()).current
  const actions = useBoardActions(state.board.id)
  const moves = useMoves(state.board.id)
  const [adding, setAdding] = useState<ColumnId | null>(null)
  const [editing, setEditing] = useState<TaskId | null>(null)
  const board = useRef<HTMLDivElement>(null)
  const { tabStop, focusRequest, focus, noteFocus, noteBlur } = useCardFocus(
    board,
    columns,
    cards,
    openTaskId,
  )
  const boardKey = state.board.key

  const moveToEnd = useCallback<BoardScope['moveToEnd']>(
    (id, column) => moves.moveToEnd(id, column.id),
    [moves],
  )
  const { labels, transitions } = state
  const today = useToday()
  const { density } = usePreferences().preferences
  const waiting = useWaitingCards(state)
  const boardId = state.board.id
  const lists = useMemo(() => columns.map(({ id }) => cards.get(id) ?? NO_CARDS), [columns, cards])
  const shown = useRef(lists)
  shown.current = lists
  const selectCard = useCallback<BoardScope['selectCard']>(
    (id, press) => selectByPress(boardId, id, press, () => idsIn(shown.current)),
    [boardId],
  )
  const scope = useMemo<BoardScope>(
    () => ({
      boardId,
      selectCard,
      boardKey,
      columns,
      transitions,
      labels,
      people,
      today,
      actions,
      moves,
      openTask: onOpenTask,
      moveToEnd,
      collapse,
      Activity,
    }),
    [
      boardId,
      selectCard,
      boardKey,
      columns,
      transitions,
      labels,
      people,
      today,
      actions,
      moves,
      onOpenTask,
      moveToEnd,
      collapse,
      Activity,
    ],
  )

  const keymap = useKeymap()
  const menuAt = (target: Element) => {
    const id = target.closest<HTMLElement>('[data-task-id]')?.dataset.taskId as TaskId | undefined
    const task = id && state.tasks.get(id)
    return task ? cardMenu(scope, task, state.executions.get(task.id) ?? null, keymap) : null
  }

  const bulk = useBulkActions(boardId)
  const drag = useBoardDrag({
    boardKey,
    columns,
    cards: filtered,
    handles,
    moves,
    groupOf: (task) => selectedWith(boardId, task, lists.flat()),
    placeMany: bulk.placeBetween,
    moveMany: bulk.moveToColumn,
    collapsed,
    transitions,
    compare: filter?.compare ?? null,
  })
  useBoardKeys({
    columns,
    cards,
    executions: state.executions,
    boardKey,
    transitions,
    openTaskId,
    focus,
    open: onOpenTask,
    edit: setEditing,
    remove: (task) => void actions.deleteTask(task, `${boardKey}-${task.number}`),
    run: (id) => void actions.runTask(id),
    cancel: (id) => void actions.cancelExecution(id),
    move: moveToEnd,
    setPriority: (task, priority) => void actions.editCard(task, { priority }),
    select: (from, to) => extendSelection(boardId, from, to, idsIn(lists)),
  })
  useCardSource(state, onOpenTask)
  const stopEditing = useCallback(() => {
    setEditing(null)
  }, [])

  useOpenColumnInSight(board, openTaskId ? state.tasks.get(openTaskId)?.column_id : undefined)

  return (
    <BoardScopeProvider value={scope}>
      <DragStoreProvider value={drag.store}>
        <DndContext {...drag.context} measuring={MEASURING}>
          <ContextMenu entriesAt={menuAt}>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: only notes which card has the focus */}
            <div
              ref={board}
              className={styles.board}
              data-density={density}
              aria-busy={state.loading !== null}
              onFocus={(event) => noteFocus(event.target)}
              onBlur={(event) => noteBlur(event.target)}
            >
              {lanes && columns.length > 0 && (
                <LanesView
                  boardKey={boardKey}
                  columns={columns}
                  lanes={lanes.lanes}
                  countOf={(id) => countIn(state, id)}
                  isFiltered={filter?.matches != null}
                  executions={state.executions}
                  waiting={waiting}
                  tabStop={tabStop}
                  openTaskId={openTaskId}
                  editingId={editing}
                  focusRequest={focusRequest}
                  adding={adding}
                  onAdding={setAdding}
                  onEdited={stopEditing}
                  isSorted={filter?.compare != null}
                  groupOf={(card) => selectedWith(boardId, card, lists.flat())}
                  onDrop={(group, to) => dropInLane(lanes, bulk, filter, group, to)}
                />
              )}
              {!lanes && (
                <BoardColumns
                  state={state}
                  columns={columns}
                  cards={cards}
                  collapsed={collapsed}
                  isFiltered={filter?.matches != null}
                  waiting={waiting}
                  handles={handles}
                  tabStop={tabStop}
                  openTaskId={openTaskId}
                  editing={editing}
                  focusRequest={focusRequest}
                  adding={adding}
                  onAdding={setAdding}
                  onEdited={stopEditing}
                  onAddColumn={(name) => actions.createColumn(name)}
                />
              )}
              {columns.length === 0 && (
                <div className={styles.none}>
                  <EmptyState icon={<Columns3 />} title={texts.board.boardNoColumnsYet}>
                    {texts.board.addColumnForEach}
                  </EmptyState>
                </div>
              )}
            </div>
          </ContextMenu>
          <SelectionDesk state={state} lists={lists} openTaskId={openTaskId} />
          <DragGhost
            boardKey={boardKey}
            density={density}
            executions={state.executions}
            waiting={waiting}
            onShift={drag.noteShift}
          />
        </DndContext>
      </DragStoreProvider>
    </BoardScopeProvider>
  )
}
