import { CheckCheck, MessageSquareWarning } from 'lucide-react'
import { useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { RequestChanges } from '#shared/execution-message.ts'
import { type LineComment, useLineComments } from '../../lib/line-comments.ts'
import { useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useIsUsedUp } from '../../lib/use-limits.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { isTooLong } from '../../ui/too-long.tsx'

/** The person's own verdict on a result that nobody merged or discarded yet. */
export function JudgePart({ execution }: { execution: ExecutionSummary }) {
  const [isAsking, setAsking] = useState(false)
  const isUsedUp = useIsUsedUp(execution)
  const approve = useAction(() => api.executions.approve.mutate({ id: execution.id }), {
    failed: texts.alternatives.notApproved,
  })
  const { status, resolution, files_changed } = execution
  if (isActive(status) || resolution !== 'none' || execution.started_at === null) return null
  // What broke off before it made anything is resumed; there is nothing of which to request changes.
  const hasResult = status === 'completed' || status === 'blocked' || files_changed > 0
  return (
    <>
      {status !== 'completed' && files_changed > 0 && (
        <Button
          size="small"
          icon={<CheckCheck />}
          isBusy={approve.isPending}
          onClick={() => approve.mutate()}
        >
          {texts.alternatives.approve}
        </Button>
      )}
      {hasResult && execution.workflow_type !== 'architecture_only' && (
        <ReasonedButton
          size="small"
          icon={<MessageSquareWarning />}
          reason={isUsedUp ? texts.alternatives.roundWouldStop : null}
          onClick={() => setAsking(true)}
        >
          {texts.alternatives.requestChanges}
        </ReasonedButton>
      )}
      {isAsking && <RequestDialog execution={execution} onClose={() => setAsking(false)} />}
    </>
  )
}

const LONGEST = 20_000

/** What is written here, with the comments on lines that were made in the Changes tab and not sent yet. */
function RequestDialog({ execution, onClose }: { execution: ExecutionSummary; onClose: () => void }) {
  const slot = `request-changes:${execution.id}`
  const summary = useTextDraft(slot) ?? ''
  const { comments, asWritten, removeSent } = useLineComments(execution.id)
  const asked = (sent: readonly LineComment[]): RequestChanges => ({
    execution_id: execution.id,
    summary: summary.trim(),
    comments: sent.map(({ file, line, text }) => ({ file, line, text })),
  })
  const request = useAction(
    (sent: readonly LineComment[]) => api.executions.requestChanges.mutate(asked(sent)),
    {
      failed: texts.alternatives.changesNotRequested,
      onSuccess: (_, sent) => {
        removeSent(sent)
        writeTextDraft(slot, '')
        onClose()
      },
    },
  )
  const isEmpty = summary.trim() === '' && comments.length === 0
  const isRefused = isEmpty || isTooLong(summary, LONGEST)
  const submit = () => {
    if (!isRefused) request.mutate(asWritten())
  }
  return (
    <Dialog
      title={texts.alternatives.sendChanges}
      description={texts.alternatives.anotherRoundBeginsDeveloper}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.alternatives.cancel}
          </Button>
          <Button type="submit" variant="primary" disabled={isRefused} isBusy={request.isPending}>
            {texts.alternatives.sendChanges}
          </Button>
        </>
      }
    >
      <Field
        label={texts.alternatives.whatChanged}
        hint={texts.alternatives.commentsOnLines(comments.length)}
      >
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={5}
            limit={LONGEST}
            autoFocus
            value={summary}
            readOnly={request.isPending}
            onChange={(event) => writeTextDraft(slot, event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
