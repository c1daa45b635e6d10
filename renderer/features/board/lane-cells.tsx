import clsx from 'clsx'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { Card } from './card.tsx'
import type { LanePlace, LaneRow } from './lanes.ts'
import styles from './lanes-view.module.css'

/** What the cards of all lanes have in common. */
export interface LaneCardFacts {
  executions: Pick<ReadonlyMap<TaskId, ExecutionSummary>, 'get'>
  waiting: Pick<ReadonlyMap<TaskId, readonly TaskCard[]>, 'get'>
  tabStop: TaskId | null
  openTaskId: TaskId | null
  editingId: TaskId | null
  onEdited: () => void
}

interface LaneCellsProps extends LaneCardFacts {
  row: Extract<LaneRow, { kind: 'cards' }>
  columns: readonly Column[]
  /** Where what is dragged would go. */
  place: LanePlace | null
}

const NO_CARDS: readonly TaskCard[] = []

/** One row of a lane: of each column the card that stands so far down. */
export function LaneCells({ row, columns, place, ...facts }: LaneCellsProps) {
  const { lane, index, isLast } = row
  return columns.map((column) => {
    const task = lane.cards.get(column.id)?.[index]
    const isHere = place?.laneId === lane.group.id && place.columnId === column.id
    const isBefore = isHere && place.index === index
    const isBehind = isHere && isLast && place.index > index
    return (
      <div
        key={column.id}
        data-lane={lane.group.id}
        data-lane-column={column.id}
        className={clsx(
          styles.cell,
          isHere && styles.target,
          isBefore && styles.before,
          isBehind && styles.after,
        )}
      >
        {task && (
          <Card
            task={task}
            execution={facts.executions.get(task.id) ?? null}
            waitsFor={facts.waiting.get(task.id) ?? NO_CARDS}
            isTabStop={facts.tabStop === task.id}
            isOpen={facts.openTaskId === task.id}
            isEditing={facts.editingId === task.id}
            onEdited={facts.onEdited}
          />
        )}
      </div>
    )
  })
}
