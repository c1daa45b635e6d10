import { type ReactNode, useState } from 'react'
import type { Task } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { EditableText } from '../../ui/editable-text.tsx'
import { MarkdownField } from './markdown-field.tsx'
import { Properties, type PropertiesProps } from './properties.tsx'
import type { SaveTask } from './save-task.ts'
import styles from './task.module.css'
import { UnsavedTitle } from './unsaved-title.tsx'
import { useOptimisticTask } from './use-optimistic-task.ts'

interface TaskFormProps extends PropertiesProps {
  cardKey: string
  image?: (id: string, alt: string) => ReactNode
  /** Below what the card says: attachments, links, comments. */
  children?: ReactNode
  /** Below its properties: what agents make of it. */
  aside?: ReactNode
}

/** What a card says, each edited where it stands, and what belongs to it. */
export function TaskForm({ task, cardKey, onSave, image, children, aside, ...rest }: TaskFormProps) {
  const { shown, saveSoon } = useOptimisticTask(task, onSave)
  return (
    <div className={styles.form}>
      <div className={styles.heading}>
        <Title task={shown} cardKey={cardKey} onSave={saveSoon} />
        <UnsavedTitle task={shown} onSave={saveSoon} />
      </div>
      <div className={styles.aside}>
        <Properties task={shown} onSave={saveSoon} {...rest} />
        {aside}
      </div>
      <div className={styles.texts}>
        <MarkdownField field="description" task={shown} onSave={saveSoon} {...(image && { image })} />
        <section className={styles.criteria} aria-label={texts.task.acceptanceCriteria}>
          {shown.acceptance_criteria !== null && (
            <h3 className={styles.section}>{texts.task.acceptanceCriteria}</h3>
          )}
          <MarkdownField
            field="acceptance_criteria"
            task={shown}
            onSave={saveSoon}
            {...(image && { image })}
          />
        </section>
        {children}
      </div>
    </div>
  )
}

interface TitleProps {
  task: Task
  cardKey: string
  onSave: SaveTask
}

function Title({ task, cardKey, onSave }: TitleProps) {
  /** The card as it was when its title was taken up for editing. */
  const [titled, setTitled] = useState<Task | null>(null)
  if (titled) {
    return (
      <EditableText
        label={texts.task.titleOf(cardKey)}
        className={styles.title}
        value={titled.title}
        maxLength={255}
        onSave={(title) => void onSave({ base: titled, mine: { title } })}
        onDone={() => setTitled(null)}
      />
    )
  }
  return (
    <h2 className={styles.title}>
      <button type="button" className={styles.titleButton} onClick={() => setTitled(task)}>
        {task.title}
      </button>
    </h2>
  )
}
