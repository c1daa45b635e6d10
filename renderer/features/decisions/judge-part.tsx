import { CheckCheck, MessageSquareWarning } from 'lucide-react'
import { useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { RequestChanges } from '#shared/execution-message.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextArea } from '../../ui/field.tsx'

/** The person's own verdict on a result that nobody merged or discarded yet. */
export function JudgePart({ execution }: { execution: ExecutionSummary }) {
  const [isAsking, setAsking] = useState(false)
  const approve = useAction(() => api.executions.approve.mutate({ id: execution.id }), {
    failed: 'It was not approved',
  })
  const { status, resolution, files_changed } = execution
  if (isActive(status) || resolution !== 'none' || execution.started_at === null) return null
  return (
    <>
      {status !== 'completed' && files_changed > 0 && (
        <Button
          size="small"
          icon={<CheckCheck />}
          isBusy={approve.isPending}
          onClick={() => approve.mutate()}
        >
          Approve as it is
        </Button>
      )}
      {execution.workflow_type !== 'architecture_only' && (
        <Button size="small" icon={<MessageSquareWarning />} onClick={() => setAsking(true)}>
          Request changes…
        </Button>
      )}
      {isAsking && <RequestDialog execution={execution} onClose={() => setAsking(false)} />}
    </>
  )
}

function RequestDialog({ execution, onClose }: { execution: ExecutionSummary; onClose: () => void }) {
  const [summary, setSummary] = useState('')
  const request = useAction((input: RequestChanges) => api.executions.requestChanges.mutate(input), {
    failed: 'The changes were not requested',
    onSuccess: onClose,
  })
  const isEmpty = summary.trim() === ''
  const submit = () => {
    if (!isEmpty) request.mutate({ execution_id: execution.id, summary: summary.trim(), comments: [] })
  }
  return (
    <Dialog
      title="Request changes"
      description="Another round begins: the developer resolves what you name, and the reviewer looks again."
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={isEmpty} isBusy={request.isPending}>
            Request changes
          </Button>
        </>
      }
    >
      <Field label="What is to be changed" hint="Comments on lines can be made in the Changes tab.">
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={5}
            maxLength={20_000}
            autoFocus
            value={summary}
            onChange={(event) => setSummary(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
