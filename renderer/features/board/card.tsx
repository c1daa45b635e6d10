import { useDraggable } from '@dnd-kit/core'
import clsx from 'clsx'
import { CircleStop, Play } from 'lucide-react'
import { memo, useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { TaskCard } from '#shared/task.ts'
import { useIsDrawn } from '../../lib/first-drawing.ts'
import { useIsSelected } from '../../lib/selection.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { type BoardScope, useBoardScope } from './board-context.ts'
import styles from './card.module.css'
import { CardFace } from './card-face.tsx'
import { useNewestCard } from './card-news.ts'

interface CardProps {
  task: TaskCard
  execution: ExecutionSummary | null
  waitsFor: readonly TaskCard[]
  /** The one card of the board that Tab reaches. */
  isTabStop: boolean
  isOpen: boolean
  isEditing: boolean
  onEdited: () => void
}

/** A card on the board: drag it, open it, run its agents. */
export const Card = memo(function Card({
  task: known,
  execution,
  waitsFor,
  isTabStop,
  isOpen,
  isEditing,
  onEdited,
}: CardProps) {
  const task = useNewestCard(known)
  const scope = useBoardScope()
  const key = `${scope.boardKey}-${task.number}`
  const isSelected = useIsSelected(scope.boardId, task.id)
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: task.id,
    data: { kind: 'card', task },
    disabled: isEditing,
    attributes: { role: 'article', roleDescription: 'card', tabIndex: isTabStop ? 0 : -1 },
  })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board listens to the keys of its cards
    // biome-ignore lint/a11y/noStaticElementInteractions: an article that is the handle of a card
    <div
      ref={setNodeRef}
      // Not being draggable while its title is edited does not make the card, and the field in it, disabled.
      {...{
        ...attributes,
        'aria-disabled': undefined,
        'aria-label': texts.card.selected(key, task.title, isSelected),
      }}
      {...listeners}
      data-task-id={task.id}
      className={clsx(
        styles.card,
        isOpen && styles.open,
        isSelected && styles.selected,
        isDragging && styles.dragged,
      )}
      onClick={(event) => {
        if (!isEditing && !scope.selectCard(task.id, event)) scope.openTask(task.id)
      }}
    >
      {isEditing ? (
        <div className={styles.face}>
          <span className={styles.key}>{key}</span>
          <TitleEditor task={task} cardKey={key} scope={scope} onEdited={onEdited} />
        </div>
      ) : (
        <CardBody task={task} execution={execution} waitsFor={waitsFor} />
      )}
    </div>
  )
})

/** What does not change while cards are dragged: of that, every card of the board hears. */
const CardBody = memo(function CardBody({
  task,
  execution,
  waitsFor,
}: Pick<CardProps, 'task' | 'execution' | 'waitsFor'>) {
  const isDrawn = useIsDrawn()
  const scope = useBoardScope()
  const key = `${scope.boardKey}-${task.number}`
  return (
    <>
      <CardFace
        task={task}
        boardKey={scope.boardKey}
        execution={execution}
        waitsFor={waitsFor}
        Activity={scope.Activity}
      />
      {isDrawn && <RunControl task={task} cardKey={key} execution={execution} scope={scope} />}
    </>
  )
})

interface TitleEditorProps {
  task: TaskCard
  cardKey: string
  scope: BoardScope
  onEdited: () => void
}

function TitleEditor({ task, cardKey, scope, onEdited }: TitleEditorProps) {
  const [base] = useState(task)
  return (
    <EditableText
      label={texts.card.title(cardKey)}
      className={styles.titleEditor}
      value={base.title}
      maxLength={255}
      onSave={(title) => void scope.actions.editCard(base, { title })}
      onDone={onEdited}
    />
  )
}

interface RunControlProps {
  task: TaskCard
  cardKey: string
  execution: ExecutionSummary | null
  scope: BoardScope
}

/** Run where nothing runs, Cancel where something does; "Stopping…" until it is dead. */
function RunControl({ task, cardKey, execution, scope }: RunControlProps) {
  const [isStopping, setStopping] = useState(false)
  const running = execution && isActive(execution.status) ? execution : null
  if (execution && !running && execution.resolution === 'none' && execution.status === 'completed')
    return null
  const label = running
    ? isStopping
      ? texts.card.stopping
      : texts.card.cancel(cardKey)
    : texts.card.run(cardKey)
  const press = async () => {
    if (!running) return void scope.actions.runTask(task.id)
    setStopping(true)
    await scope.actions.cancelExecution(running.id)
    setStopping(false)
  }
  return (
    <span className={styles.control}>
      <IconButton
        label={label}
        title={label}
        hasTooltip={false}
        size="small"
        tabIndex={-1}
        disabled={isStopping}
        onMouseDown={(event) => event.stopPropagation()}
        onTouchStart={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation()
          void press()
        }}
      >
        {running ? <CircleStop /> : <Play />}
      </IconButton>
    </span>
  )
}
