import { GitMerge, TriangleAlert, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { InterruptedMerge as Interrupted } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import { FileList } from './file-list.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { RevertDialog } from './revert-dialog.tsx'
import { useInterrupted } from './use-interrupted.ts'

interface InterruptedMergeProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
}

/** A plain folder that has only a part of a merge, or of its revert: the person finishes it or takes it back. */
export function InterruptedMerge(props: InterruptedMergeProps) {
  const interrupted = useInterrupted(props.execution)
  const [open, setOpen] = useState<'finish' | 'take_back' | null>(null)
  if (!interrupted) return null
  const close = () => setOpen(null)
  const { direction, folder, open: files, obstacle } = interrupted
  const words = texts.changes.interrupted[direction]
  const Finish = direction === 'merge' ? MergeDialog : RevertDialog
  return (
    <>
      <Callout
        tone="warn"
        icon={<TriangleAlert />}
        title={words.title}
        actions={
          obstacle === null && (
            <>
              <Button
                size="small"
                variant="primary"
                icon={direction === 'merge' ? <GitMerge /> : <Undo2 />}
                onClick={() => setOpen('finish')}
              >
                {words.finish}
              </Button>
              <Button size="small" onClick={() => setOpen('take_back')}>
                {texts.changes.takeBackEntry}
              </Button>
            </>
          )
        }
      >
        {obstacle === null ? (
          <HowFar interrupted={interrupted} />
        ) : (
          <>
            {texts.changes.halfAndLost(folder, obstacle)}
            <FileList files={files} />
          </>
        )}
      </Callout>
      {open === 'finish' && <Finish {...props} interrupted={interrupted} onClose={close} />}
      {open === 'take_back' && <TakeBack {...props} interrupted={interrupted} onClose={close} />}
    </>
  )
}

function HowFar({ interrupted: { direction, folder, done, open, changed } }: { interrupted: Interrupted }) {
  const all = done.length + open.length + changed.length
  return (
    <>
      {texts.changes.interrupted[direction].howFar(done.length, all, folder)}
      {changed.length > 0 && (
        <>
          {' '}
          {texts.changes.changedSince}
          <FileList files={changed} />
        </>
      )}
    </>
  )
}

interface TakeBackProps extends InterruptedMergeProps {
  interrupted: Interrupted
  onClose: () => void
}

function TakeBack({ execution, cardKey, interrupted, onClose }: TakeBackProps) {
  const { direction, folder, done, changed } = interrupted
  const words = texts.changes.interrupted[direction]
  const takeBack = useAction(() => api.executions.takeBackMerge.mutate({ id: execution.id }), {
    failed: texts.changes.notTakenBack,
    onSuccess: ({ back, left }) => {
      onClose()
      showToast({
        tone: left.length > 0 ? 'mute' : 'good',
        title: words.takenBack(cardKey),
        text: texts.changes.filesPutBack(back.length, left),
      })
    },
  })
  return (
    <ConfirmDialog
      title={words.takeBack(cardKey)}
      confirm={texts.changes.takeBackNow}
      isBusy={takeBack.isPending}
      onClose={onClose}
      onConfirm={() => takeBack.mutate()}
    >
      {words.takeBackMeans(done.length, folder)}
      {changed.length > 0 && ` ${texts.changes.staysAsItIs(changed)}`}
    </ConfirmDialog>
  )
}
