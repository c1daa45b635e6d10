import { useQueryClient } from '@tanstack/react-query'
import { GitMerge } from 'lucide-react'
import type { ReactNode } from 'react'
import { assertNever } from '#shared/assert-never.ts'
import type { InterruptedMerge, MergePreview, MergeResult } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { useLineComments } from '../../lib/line-comments.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { ChangedLines } from '../../ui/changed-lines.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CheckoutInTheWay } from './checkout-in-the-way.tsx'
import { ChooseBase } from './choose-base.tsx'
import { FileList } from './file-list.tsx'
import styles from './merge-dialog.module.css'
import { TrialDialog } from './trial-dialog.tsx'
import { useDiff } from './use-diff.ts'
import { useTrial } from './use-trial.ts'

interface MergeDialogProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
  onClose: () => void
  /** A part of it is there already. */
  interrupted?: InterruptedMerge
}

/** Merges a result, tried first. */
export function MergeDialog({ execution, cardKey, cardTitle, onClose, interrupted }: MergeDialogProps) {
  const cache = useQueryClient()
  const { id, task_id } = execution
  const trial = useTrial<MergePreview, MergeResult>({
    queryKey: keys.mergePreview(id),
    preview: (signal) => api.executions.previewMerge.query({ id }, { signal }),
    act: (signal) => api.executions.merge.mutate({ id }, { signal }),
    onDone: ({ commit, base_branch }) => {
      void cache.invalidateQueries({ queryKey: keys.executions(task_id) })
      showToast({
        tone: 'good',
        title: texts.changes.merged(cardKey),
        text: texts.changes.changesInAsCommit(base_branch, commit.slice(0, 8)),
      })
      onClose()
    },
  })
  return (
    <TrialDialog
      title={texts.changes.merge(cardKey)}
      cardTitle={cardTitle}
      trial={trial}
      trying={texts.changes.tryingMergeWithoutTouching}
      isReady={({ state }) => state === 'ready' || state === 'already_merged'}
      action={{
        label:
          trial.preview.data?.state === 'already_merged' ? texts.changes.markMerged : texts.changes.mergeNow,
        icon: <GitMerge />,
      }}
      onClose={onClose}
    >
      {(preview) => (
        <Preview
          preview={preview}
          execution={execution}
          interrupted={interrupted}
          onChosen={trial.preview.refetch}
        />
      )}
    </TrialDialog>
  )
}

interface PreviewProps {
  preview: MergePreview
  execution: ExecutionSummary
  interrupted: InterruptedMerge | undefined
  onChosen: () => Promise<unknown>
}

function Preview({ preview, execution, interrupted, onChosen }: PreviewProps): ReactNode {
  switch (preview.state) {
    case 'ready':
      return (
        <>
          <p>
            {texts.changes.commitWithChangedFile(preview.commits, execution.files_changed)}{' '}
            <strong>{preview.base_branch}</strong>
            {texts.changes.mergesWithoutConflicts}
          </p>
          {interrupted && <p>{texts.changes.goesOn(interrupted)}</p>}
          <ChangedFiles execution={execution} />
          {execution.status !== 'completed' && (
            <Callout tone="warn">{texts.changes.reviewerNotApprovedWork}</Callout>
          )}
          {preview.older !== undefined && (
            <Callout tone="warn">{texts.changes.olderComeAlong(preview.older, preview.base_branch)}</Callout>
          )}
          <UnsentComments execution={execution} />
        </>
      )
    case 'no_base':
      return <ChooseBase id={execution.id} preview={preview} onChosen={onChosen} />
    case 'nothing_to_merge':
      return <Callout tone="mute">{texts.changes.thereNothingMergeEverything(preview.base_branch)}</Callout>
    case 'already_merged':
      return (
        <Callout tone="mute" title={texts.changes.hasThisAlready(preview.base_branch)}>
          {texts.changes.hasThisAlreadyHow}
        </Callout>
      )
    case 'conflict':
      if (interrupted) {
        return (
          <Callout tone="warn" title={texts.changes.conflicts(preview.base_branch)}>
            {texts.changes.interruptedConflict}
            <FileList files={preview.files} />
          </Callout>
        )
      }
      return (
        <Callout tone="warn" title={texts.changes.conflicts(preview.base_branch)}>
          {texts.changes.bothSidesChangedSame}{' '}
          {execution.branch ? <code className={styles.code}>{execution.branch}</code> : null}{' '}
          {texts.changes.byHand}
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

/** What the person wanted changed, and nobody was told. */
function UnsentComments({ execution }: { execution: ExecutionSummary }): ReactNode {
  const { comments } = useLineComments(execution.id)
  if (comments.length === 0) return null
  return <Callout tone="warn">{texts.changes.mergedWithoutComments(comments.length)}</Callout>
}

/** Longer lists scroll. */
const FILES_IN_SIGHT = 8

function ChangedFiles({ execution }: { execution: ExecutionSummary }) {
  const diff = useDiff(execution.id, 0, false)
  if (diff.isPending) {
    return <Skeleton height={`${Math.min(execution.files_changed, FILES_IN_SIGHT) * 24}px`} />
  }
  // What is merged has been told already; the Changes tab says why its files cannot be read.
  if (!diff.data || diff.data.files.length === 0) return null
  const { files } = diff.data
  return (
    <ul
      className={styles.changes}
      aria-label={texts.changes.changedFiles}
      // What scrolls must be reached with the keyboard.
      tabIndex={files.length > FILES_IN_SIGHT ? 0 : undefined}
    >
      {files.map((file) => (
        <li key={file.path}>
          <ChangedLines path={file.path} additions={file.additions} deletions={file.deletions} />
        </li>
      ))}
    </ul>
  )
}
