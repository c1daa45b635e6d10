import type { Task } from '#shared/task.ts'
import type { BoardState } from '../features/board/board-state.ts'
import { useBoardActions } from '../features/board/use-board-actions.ts'
import { DeletedCard } from '../features/task/deleted-card.tsx'
import { texts } from '../lib/texts/texts.ts'
import { SidePanel } from './side-panel.tsx'

interface DeletedPanelProps {
  state: BoardState
  task: Task
  onClose: () => void
}

/** The open card is gone, but not what the person was writing on it. */
export function DeletedPanel({ state, task, onClose }: DeletedPanelProps) {
  const actions = useBoardActions(state.board.id)
  const cardKey = `${state.board.key}-${task.number}`
  return (
    <SidePanel label={texts.app.deleted(cardKey)} resizer={texts.app.widthCard} onClose={onClose}>
      <DeletedCard
        task={task}
        cardKey={cardKey}
        onKeepAsNew={() => actions.keepAsNewCard(task)}
        onRestore={() => actions.restoreTask(task.id)}
        onClose={onClose}
      />
    </SidePanel>
  )
}
