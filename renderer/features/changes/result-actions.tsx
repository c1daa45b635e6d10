import { GitMerge, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { RevertDialog } from './revert-dialog.tsx'

interface ResultActionsProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
}

/** Merge or discard what the agents made, or take the merge back. */
export function ResultActions(props: ResultActionsProps) {
  return props.execution.resolution === 'merged' ? <RevertAction {...props} /> : <OpenResult {...props} />
}

function RevertAction({ execution, cardKey, cardTitle }: ResultActionsProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<Undo2 />} onClick={() => setOpen(true)}>
        {texts.changes.revertEntry}
      </Button>
      {isOpen && (
        <RevertDialog
          execution={execution}
          cardKey={cardKey}
          cardTitle={cardTitle}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function OpenResult({ execution, cardKey, cardTitle }: ResultActionsProps) {
  const [open, setOpen] = useState<'merge' | 'discard' | null>(null)
  const close = () => setOpen(null)
  const discard = useAction(() => api.executions.discard.mutate({ id: execution.id }), {
    failed: texts.changes.workNotDiscarded,
    onSuccess: () => {
      close()
      showToast({ title: texts.changes.workOnDiscarded(cardKey), text: texts.changes.keptUnderHiddenRef })
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
          {texts.changes.mergeEntry}
        </Button>
      )}
      <Button size="small" icon={<Trash2 />} onClick={() => setOpen('discard')}>
        {texts.changes.discard}
      </Button>
      {open === 'merge' && (
        <MergeDialog execution={execution} cardKey={cardKey} cardTitle={cardTitle} onClose={close} />
      )}
      {open === 'discard' && (
        <ConfirmDialog
          title={texts.changes.discardWork(cardKey)}
          confirm={texts.changes.discardNow}
          isDangerous
          isBusy={discard.isPending}
          onClose={close}
          onConfirm={() => discard.mutate()}
        >
          {texts.changes.nothingGoesInto(execution.base_branch)}
        </ConfirmDialog>
      )}
    </>
  )
}
