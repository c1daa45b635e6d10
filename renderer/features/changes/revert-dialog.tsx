import { useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { assertNever } from '#shared/assert-never.ts'
import type { InterruptedMerge, RevertPreview, RevertResult } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CheckoutInTheWay } from './checkout-in-the-way.tsx'
import { ChooseBase } from './choose-base.tsx'
import { FileList } from './file-list.tsx'
import { TrialDialog } from './trial-dialog.tsx'
import { useTrial } from './use-trial.ts'

interface RevertDialogProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
  onClose: () => void
  /** A part of it is done already. */
  interrupted?: InterruptedMerge
}

/** Takes a merge back, tried first. */
export function RevertDialog({ execution, cardKey, cardTitle, onClose, interrupted }: RevertDialogProps) {
  const cache = useQueryClient()
  const { id, task_id } = execution
  const trial = useTrial<RevertPreview, RevertResult>({
    queryKey: keys.revertPreview(id),
    preview: (signal) => api.executions.previewRevertMerge.query({ id }, { signal }),
    act: (signal) => api.executions.revertMerge.mutate({ id }, { signal }),
    onDone: (result) => {
      void cache.invalidateQueries({ queryKey: keys.executions(task_id) })
      void cache.invalidateQueries({ queryKey: keys.diff(id) })
      tellReverted(cardKey, result)
      onClose()
    },
  })
  return (
    <TrialDialog
      title={texts.changes.revert(cardKey)}
      cardTitle={cardTitle}
      trial={trial}
      trying={texts.changes.tryingRevert}
      isReady={({ state }) => state === 'ready' || state === 'already_reverted'}
      action={{ label: texts.changes.revertNow, icon: <Undo2 /> }}
      onClose={onClose}
    >
      {(preview) => (
        <Preview id={id} preview={preview} interrupted={interrupted} onChosen={trial.preview.refetch} />
      )}
    </TrialDialog>
  )
}

function tellReverted(cardKey: string, { commit, base_branch, branch, kept_ref }: RevertResult): void {
  const where = branch ? texts.changes.workAgainOn(branch) : texts.changes.workAgainKept(kept_ref)
  const out = commit
    ? texts.changes.changesOutAsCommit(base_branch, commit.slice(0, 8))
    : texts.changes.changesOut(base_branch)
  showToast({
    tone: branch ? 'good' : 'bad',
    title: texts.changes.reverted(cardKey),
    text: `${out} ${where}`,
  })
}

interface PreviewProps {
  id: ExecutionId
  preview: RevertPreview
  interrupted: InterruptedMerge | undefined
  onChosen: () => Promise<unknown>
}

function Preview({ id, preview, interrupted, onChosen }: PreviewProps): ReactNode {
  switch (preview.state) {
    case 'ready':
      return (
        <>
          <p>
            {texts.changes.revertMakesCommit(preview.commits, preview.files.length)}{' '}
            <strong>{preview.base_branch}</strong>
            {texts.changes.revertKeepsTheRest}
          </p>
          {interrupted && <p>{texts.changes.goesOn(interrupted)}</p>}
          <FileList files={preview.files} />
          <p>{texts.changes.revertBringsWorkBack}</p>
        </>
      )
    case 'no_base':
      return <ChooseBase id={id} preview={preview} isRevert onChosen={onChosen} />
    case 'already_reverted':
      return (
        <Callout tone="mute" title={texts.changes.alreadyReverted(preview.base_branch)}>
          {texts.changes.alreadyRevertedMeans}
        </Callout>
      )
    case 'conflict':
      return (
        <Callout tone="warn" title={texts.changes.revertConflicts(preview.base_branch)}>
          {interrupted ? texts.changes.interruptedConflict : texts.changes.revertConflictsMeans}
          <FileList files={preview.files} />
        </Callout>
      )
    case 'checkout_in_the_way':
      return <CheckoutInTheWay branch={preview.base_branch} files={preview.files} />
    case 'unavailable':
      return <Callout tone="warn">{preview.reason}</Callout>
    default:
      return assertNever(preview)
  }
}
