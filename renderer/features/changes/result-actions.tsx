import { ArchiveRestore, GitMerge, Trash2, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { noteDiscarded } from './note-discarded.ts'
import styles from './result-actions.module.css'
import { RevertDialog } from './revert-dialog.tsx'
import { useInterrupted } from './use-interrupted.ts'

interface ResultActionsProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
}

/** Merge or discard what the agents made, or take either back. */
export function ResultActions(props: ResultActionsProps) {
  const interrupted = useInterrupted(props.execution)
  // What to do about it stands with it, and nothing else can be done before.
  const isHalf = interrupted?.obstacle === null
  const actions = useFocusAfter(isHalf)
  return (
    <span ref={actions} className={styles.actions}>
      {!isHalf && <Actions {...props} />}
    </span>
  )
}

/** What a person has pressed to make the folder whole goes with that: the first of these actions has the focus then. */
function useFocusAfter(isHalf: boolean) {
  const actions = useRef<HTMLSpanElement>(null)
  const wasHalf = useRef(isHalf)
  useEffect(() => {
    const isOver = wasHalf.current && !isHalf
    wasHalf.current = isHalf
    if (isOver && document.activeElement === document.body) actions.current?.querySelector('button')?.focus()
  }, [isHalf])
  return actions
}

function Actions(props: ResultActionsProps) {
  const { resolution } = props.execution
  if (resolution === 'merged') return <RevertAction {...props} />
  return resolution === 'discarded' ? <RestoreAction {...props} /> : <OpenResult {...props} />
}

function RestoreAction({ execution, cardKey }: ResultActionsProps) {
  const restore = useAction(() => api.executions.restore.mutate({ id: execution.id }), {
    failed: texts.changes.workNotRestored,
    onSuccess: ({ branch, base_branch }) =>
      showToast({
        title: texts.changes.workRestored(cardKey),
        text: branch && base_branch ? texts.changes.workOnBranch(branch) : texts.changes.workInWorkspace,
      }),
  })
  return (
    <Button
      size="small"
      icon={<ArchiveRestore />}
      isBusy={restore.isPending}
      onClick={() => restore.mutate()}
    >
      {texts.changes.restore}
    </Button>
  )
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
    onSuccess: (discarded) => {
      close()
      const undo = noteDiscarded(discarded, cardKey)
      showToast({
        title: texts.changes.workOnDiscarded(cardKey),
        text: texts.changes.workIsKept,
        ...(undo && { action: { label: texts.changes.undo, run: undo } }),
      })
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
