import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { TaskCard } from '#shared/task.ts'
import type { CardGroup } from '../../lib/card-groups.ts'
import { formatWhole } from '../../lib/format.ts'
import { useIsSelected } from '../../lib/selection.ts'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PriorityIcon } from '../../ui/priority-icon.tsx'
import { CellEditor } from './cell-editor.tsx'
import styles from './table.module.css'
import { cellContent } from './table-cell.tsx'
import type { ColumnKey, TableColumn } from './table-column.ts'
import { useTableScope } from './table-scope.ts'

interface CardRowProps {
  card: TaskCard
  columns: readonly TableColumn[]
  rowIndex: number
  top: number
  /** The cell of this row that Tab reaches, and whether it is edited. */
  active: ColumnKey | null
  isEditing: boolean
  isOpen: boolean
  onEdited: () => void
}

/** A card as a row. Presses and keys are heard by the table. */
export const CardRow = memo(function CardRow({ card, columns, rowIndex, top, active, ...row }: CardRowProps) {
  const scope = useTableScope()
  const isSelected = useIsSelected(scope.boardId, card.id)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus
    // biome-ignore lint/a11y/useSemanticElements: a grid of virtual rows cannot be a table
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      className={clsx(styles.row, isSelected && styles.selected, row.isOpen && styles.open)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, index) => {
        const isActive = active === column.key
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={index + 1}
            tabIndex={isActive ? 0 : -1}
            data-row={card.id}
            data-column={column.key}
            data-task-id={card.id}
            className={clsx(styles.cell, column.isNumber && styles.number)}
            style={{ width: column.width }}
          >
            {isActive && row.isEditing ? (
              <>
                {column.key !== 'title' && column.key !== 'due' && column.key !== 'estimate' && (
                  <span className={styles.content}>{cellContent(column.key, card, scope)}</span>
                )}
                <CellEditor column={column} card={card} onDone={row.onEdited} />
              </>
            ) : (
              <span className={styles.content}>{cellContent(column.key, card, scope)}</span>
            )}
          </div>
        )
      })}
    </div>
  )
})

interface GroupRowProps {
  group: CardGroup
  isOpen: boolean
  width: number
  columnCount: number
  rowIndex: number
  top: number
  isActive: boolean
}

/** The head of a group: how its cards are alike, and how many they are. */
export function GroupRow({ group, isOpen, width, columnCount, rowIndex, top, isActive }: GroupRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cell has the focus
    // biome-ignore lint/a11y/useSemanticElements: a grid of virtual rows cannot be a table
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={clsx(styles.row, styles.group)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="gridcell"
        aria-expanded={isOpen}
        aria-colspan={columnCount}
        tabIndex={isActive ? 0 : -1}
        data-row={`group:${group.id}`}
        data-column="key"
        className={styles.cell}
        style={{ width }}
      >
        {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        {group.priority !== undefined && <PriorityIcon priority={group.priority} />}
        {group.color && <LabelDot color={group.color} />}
        <span className={styles.groupName}>{group.name}</span>
        <span className={styles.count}>{formatWhole(group.cards.length)}</span>
      </div>
    </div>
  )
}
