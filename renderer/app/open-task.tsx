import type { TaskId } from '#shared/ids.ts'
import type { BoardState } from '../features/board/board-state.ts'
import { useTask } from '../features/board/use-task.ts'
import { texts } from '../lib/texts/texts.ts'
import { ErrorState } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './board-screen.module.css'
import { SidePanel } from './side-panel.tsx'
import { TaskPanel } from './task-panel.tsx'

interface OpenTaskProps {
  state: BoardState
  id: TaskId
  onClose: () => void
}

/** The card beside the board; its bodies are read now, for the board does not hold them. */
export function OpenTask({ state, id, onClose }: OpenTaskProps) {
  const { data, error, refetch } = useTask(id)
  if (data) return <TaskPanel state={state} task={data} onClose={onClose} />
  const card = state.tasks.get(id)
  const label = card ? `${state.board.key}-${card.number} ${card.title}` : texts.app.card
  return (
    <SidePanel label={label} resizer={texts.app.widthCard} onClose={onClose}>
      <div className={styles.reading} aria-busy={error === null}>
        {error ? (
          <ErrorState title={texts.app.cardCouldNotRead} error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            <Skeleton width="8ch" />
            <Skeleton width="70%" height="24px" />
            <Skeleton width="90%" />
            <Skeleton width="60%" />
          </>
        )}
      </div>
    </SidePanel>
  )
}
