import { MessageSquareWarning } from 'lucide-react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { RequestChanges } from '#shared/execution-message.ts'
import { type LineComment, useLineComments } from '../../lib/line-comments.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useIsUsedUp } from '../../lib/use-limits.ts'
import { Button } from '../../ui/button.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './comments.module.css'

/** Sends the comments on a result as a review: another round begins. */
export function ReviewBar({ execution }: { execution: ExecutionSummary }) {
  const { comments, asWritten, remove, removeSent, restore } = useLineComments(execution.id)
  const isUsedUp = useIsUsedUp(execution)
  const asked = (sent: readonly LineComment[]): RequestChanges => ({
    execution_id: execution.id,
    summary: '',
    comments: sent.map(({ file, line, text }) => ({ file, line, text })),
  })
  const send = useAction(
    (sent: readonly LineComment[]) => api.executions.requestChanges.mutate(asked(sent)),
    {
      failed: texts.changes.changesNotRequested,
      onSuccess: (_, sent) => {
        removeSent(sent)
        showToast({ title: texts.changes.changesRequested, text: texts.changes.anotherRoundBegins })
      },
    },
  )
  if (comments.length === 0) return null
  const discard = () => {
    const gone = asWritten()
    remove(gone)
    showToast({
      title: texts.changes.commentsDiscarded(gone.length),
      action: { label: texts.changes.undo, run: () => restore(gone) },
    })
  }
  return (
    <div className={styles.bar} role="status">
      {texts.changes.commentNotSentYet(comments.length)}
      <Button size="small" variant="ghost" disabled={send.isPending} onClick={discard}>
        {texts.changes.discardNow}
      </Button>
      <ReasonedButton
        size="small"
        variant="primary"
        icon={<MessageSquareWarning />}
        isBusy={send.isPending}
        reason={isUsedUp ? texts.alternatives.roundWouldStop : null}
        onClick={() => send.mutate(asWritten())}
      >
        {texts.changes.requestChanges}
      </ReasonedButton>
    </div>
  )
}
