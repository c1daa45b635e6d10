import { GitMerge, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { MergeDialog } from './merge-dialog.tsx'

interface ResultActionsProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
}

/** Merge or discard what the agents made. */
export function ResultActions({ execution, cardKey, cardTitle }: ResultActionsProps) {
  const [open, setOpen] = useState<'merge' | 'discard' | null>(null)
  const close = () => setOpen(null)
  const discard = useAction(() => api.executions.discard.mutate({ id: execution.id }), {
    failed: 'The work was not discarded',
    onSuccess: () => {
      close()
      showToast({ title: `The work on ${cardKey} was discarded`, text: 'It is kept under a hidden ref.' })
    },
  })
  const isReady = execution.status === 'completed'
  return (
    <>
      {execution.files_changed > 0 && (
        <Button
          size="small"
          variant={isReady ? 'primary' : 'secondary'}
          icon={<GitMerge />}
          onClick={() => setOpen('merge')}
        >
          Merge…
        </Button>
      )}
      <Button size="small" icon={<Trash2 />} onClick={() => setOpen('discard')}>
        Discard…
      </Button>
      {open === 'merge' && (
        <MergeDialog execution={execution} cardKey={cardKey} cardTitle={cardTitle} onClose={close} />
      )}
      {open === 'discard' && (
        <ConfirmDialog
          title={`Discard the work on ${cardKey}?`}
          confirm="Discard"
          isDangerous
          isBusy={discard.isPending}
          onClose={close}
          onConfirm={() => discard.mutate()}
        >
          Nothing of it goes into {execution.base_branch ?? 'your project'}. The workspace is removed; the
          work itself is kept under a hidden ref, from which it can be recovered.
        </ConfirmDialog>
      )}
    </>
  )
}
