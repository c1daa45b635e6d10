import { useMemo } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { AddColumn } from './add-column.tsx'
import { type BoardState, countIn } from './board-state.ts'
import styles from './board-view.module.css'
import { type CardsByColumn, placedCard } from './cards-by-column.ts'
import { CollapsedColumn } from './collapsed-column.tsx'
import { ColumnView } from './column.tsx'
import type { ColumnHandles } from './column-handles.ts'
import { useIsColumnPlace } from './drag-store.ts'
import type { FocusRequest } from './use-focus-request.ts'
import type { WaitingCards } from './waiting-cards.ts'

interface BoardColumnsProps {
  state: BoardState
  columns: readonly Column[]
  cards: CardsByColumn
  collapsed: ReadonlySet<ColumnId>
  isFiltered: boolean
  waiting: WaitingCards
  handles: ColumnHandles
  tabStop: TaskId | null
  openTaskId: TaskId | null
  editing: TaskId | null
  focusRequest: FocusRequest | null
  adding: ColumnId | null
  onAdding: (id: ColumnId | null) => void
  onEdited: () => void
  onAddColumn: (name: string) => Promise<boolean>
}

/** The columns side by side, narrowed ones as strips, and behind the last one the place for another. */
export function BoardColumns({
  state,
  columns,
  cards,
  collapsed,
  handles,
  waiting,
  ...rest
}: BoardColumnsProps) {
  const setAddingIn = useAddingSetters(columns, rest.onAdding)
  return (
    <>
      {columns.map((column, index) => {
        const count = countIn(state, column.id)
        const isStrip = collapsed.has(column.id)
        return (
          <div key={column.id} className={isStrip ? styles.narrow : styles.slot}>
            <ColumnLine index={index} />
            {isStrip ? (
              <CollapsedColumn column={column} count={count} handles={handles} />
            ) : (
              <ColumnView
                column={column}
                count={count}
                handles={handles}
                cards={cards.get(column.id) ?? NO_CARDS}
                isFiltered={rest.isFiltered}
                executions={state.executions}
                waiting={waiting}
                tabStop={ownedBy(column, state, rest.tabStop)}
                openTaskId={ownedBy(column, state, rest.openTaskId)}
                focusRequest={rest.focusRequest}
                editingId={ownedBy(column, state, rest.editing)}
                isAdding={rest.adding === column.id}
                onAddingChange={setAddingIn(column.id)}
                onEdited={rest.onEdited}
              />
            )}
          </div>
        )
      })}
      <div className={styles.last}>
        <ColumnLine index={columns.length} />
        <AddColumn isFirst={columns.length === 0} onAdd={rest.onAddColumn} />
      </div>
    </>
  )
}

/** Where a dragged column would go. */
function ColumnLine({ index }: { index: number }) {
  return useIsColumnPlace(index) && <span className={styles.columnLine} />
}

const NO_CARDS: readonly never[] = []

/** The id if the card is in the column, so that other columns need not redraw. */
function ownedBy(column: Column, state: BoardState, id: TaskId | null): TaskId | null {
  return id !== null && placedCard(state, id)?.column_id === column.id ? id : null
}

/** The same function for the same column each time, so that memoised columns stay so. */
function useAddingSetters(columns: readonly Column[], setAdding: (id: ColumnId | null) => void) {
  const setters = useMemo(
    () =>
      new Map(
        columns.map(
          (column) => [column.id, (isAdding: boolean) => setAdding(isAdding ? column.id : null)] as const,
        ),
      ),
    [columns, setAdding],
  )
  return (id: ColumnId) => setters.get(id) ?? (() => setAdding(null))
}
