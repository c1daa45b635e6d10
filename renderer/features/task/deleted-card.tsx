import { Copy, Trash2 } from 'lucide-react'
import type { TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { copyText } from '../../lib/copy-text.ts'
import { useDraft, writeDraft } from '../../lib/drafts.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './deleted-card.module.css'

/** The card of which something was written that is not saved; null when there is none. */
export function useLostCard(id: TaskId | null): Task | null {
  const title = useDraft(id, 'title')
  const description = useDraft(id, 'description')
  const criteria = useDraft(id, 'acceptance_criteria')
  if (title) return title.base
  if (description && description.text !== (description.base.description ?? '')) return description.base
  return criteria && criteria.text !== (criteria.base.acceptance_criteria ?? '') ? criteria.base : null
}

interface DeletedCardProps {
  task: Task
  cardKey: string
  onKeepAsNew: () => Promise<boolean>
  onRestore: () => Promise<boolean>
  onClose: () => void
}

/** Stands where a card was on which the person was writing when somebody deleted it. */
export function DeletedCard({ task, cardKey, onKeepAsNew, onRestore, onClose }: DeletedCardProps) {
  const title = useDraft(task.id, 'title')
  const description = useDraft(task.id, 'description')
  const criteria = useDraft(task.id, 'acceptance_criteria')
  const text = [title?.text, description?.text, criteria?.text].filter(Boolean).join('\n\n')
  const keep = useAction(onKeepAsNew, { onSuccess: (isKept) => isKept && onClose() })
  const restore = useAction(onRestore)
  const throwAway = () => {
    writeDraft(task.id, 'title', null)
    writeDraft(task.id, 'description', null)
    writeDraft(task.id, 'acceptance_criteria', null)
    const undo = () => {
      writeDraft(task.id, 'title', title)
      writeDraft(task.id, 'description', description)
      writeDraft(task.id, 'acceptance_criteria', criteria)
    }
    showToast({ title: texts.task.whatYouWroteThrownAway, action: { label: texts.task.undo, run: undo } })
    onClose()
  }
  return (
    <div className={styles.content}>
      <EmptyState
        icon={<Trash2 />}
        title={texts.task.deleted(cardKey)}
        actions={
          <>
            <Button variant="primary" isBusy={keep.isPending} onClick={() => keep.mutate()}>
              {texts.task.keepAsNewCard}
            </Button>
            <Button isBusy={restore.isPending} onClick={() => restore.mutate()}>
              {texts.task.restore(cardKey)}
            </Button>
          </>
        }
      >
        {texts.task.inTrash(task.title)}
      </EmptyState>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, by keyboard too */}
      <section className={styles.text} tabIndex={0} aria-label={texts.task.whatYouWrote}>
        {text}
      </section>
      <div className={styles.actions}>
        <Button
          size="small"
          variant="ghost"
          icon={<Copy />}
          onClick={() => copyText(text, texts.task.copied)}
        >
          {texts.task.copyText}
        </Button>
        <Button size="small" variant="ghost" onClick={throwAway}>
          {texts.task.throwAway}
        </Button>
      </div>
    </div>
  )
}
