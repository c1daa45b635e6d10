import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, GitMerge } from 'lucide-react'
import type { ReactNode } from 'react'
import { assertNever } from '#shared/assert-never.ts'
import type { MergePreview } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { showToast } from '../../ui/toast.tsx'
import { FileList } from './file-list.tsx'
import styles from './merge-dialog.module.css'
import { useDiff } from './use-diff.ts'

interface MergeDialogProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
  onClose: () => void
}

/** Tries the merge first, tells what would happen, and merges when the person says so. */
export function MergeDialog({ execution, cardKey, cardTitle, onClose }: MergeDialogProps) {
  const cache = useQueryClient()
  const preview = useQuery({
    queryKey: keys.mergePreview(execution.id),
    queryFn: ({ signal }) => api.executions.previewMerge.query({ id: execution.id }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const merge = useMutation({
    mutationFn: () => api.executions.merge.mutate({ id: execution.id }),
    onSuccess: ({ commit, base_branch }) => {
      void cache.invalidateQueries({ queryKey: keys.executions(execution.task_id) })
      showToast({
        tone: 'good',
        title: texts.changes.merged(cardKey),
        text: texts.changes.changesInAsCommit(base_branch, commit.slice(0, 8)),
      })
      onClose()
    },
    onError: () => void preview.refetch(),
  })
  const isReady = preview.data?.state === 'ready' && !preview.isFetching
  return (
    <Dialog
      title={texts.changes.merge(cardKey)}
      description={cardTitle}
      width="narrow"
      onClose={onClose}
      onSubmit={() => isReady && merge.mutate()}
      footer={
        <>
          {preview.data && preview.data.state !== 'ready' && (
            <Button variant="ghost" isBusy={preview.isFetching} onClick={() => void preview.refetch()}>
              {texts.changes.checkAgain}
            </Button>
          )}
          <Button variant="ghost" onClick={onClose}>
            {texts.changes.cancel}
          </Button>
          <Button
            type="submit"
            variant="primary"
            icon={<GitMerge />}
            disabled={!isReady}
            isBusy={merge.isPending}
          >
            {texts.changes.mergeNow}
          </Button>
        </>
      }
    >
      <div className={styles.body} aria-live="polite">
        {merge.isError && (
          <Callout tone="bad" icon={<CircleAlert />}>
            {errorText(merge.error)}
          </Callout>
        )}
        {preview.isPending && (
          <p className={styles.checking}>
            <Spinner /> {texts.changes.tryingMergeWithoutTouching}
          </p>
        )}
        {preview.isError && <Callout tone="bad">{errorText(preview.error)}</Callout>}
        {preview.data && <Preview preview={preview.data} execution={execution} />}
      </div>
    </Dialog>
  )
}

function Preview({ preview, execution }: { preview: MergePreview; execution: ExecutionSummary }): ReactNode {
  switch (preview.state) {
    case 'ready':
      return (
        <>
          <p>
            {texts.changes.commitWithChangedFile(preview.commits, execution.files_changed)}{' '}
            <strong>{preview.base_branch}</strong>
            {texts.changes.mergesWithoutConflicts}
          </p>
          <ChangedFiles execution={execution} />
          {execution.status !== 'completed' && (
            <Callout tone="warn">{texts.changes.reviewerNotApprovedWork}</Callout>
          )}
        </>
      )
    case 'nothing_to_merge':
      return <Callout tone="mute">{texts.changes.thereNothingMergeEverything(preview.base_branch)}</Callout>
    case 'conflict':
      return (
        <Callout tone="warn" title={texts.changes.conflicts(preview.base_branch)}>
          {texts.changes.bothSidesChangedSame}{' '}
          {execution.branch ? <code className={styles.code}>{execution.branch}</code> : null}{' '}
          {texts.changes.byHand}
          <FileList files={preview.files} />
        </Callout>
      )
    case 'checkout_in_the_way':
      return (
        <Callout tone="warn" title={texts.changes.yourOwnChangesInWay}>
          {texts.changes.checkedOut(preview.base_branch)}
          <FileList files={preview.files} />
        </Callout>
      )
    case 'unavailable':
      return <Callout tone="warn">{preview.reason}</Callout>
    default:
      return assertNever(preview)
  }
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
          <span className={styles.path}>{file.path}</span>
          <span className={styles.added}>+{file.additions}</span>
          <span className={styles.removed}>−{file.deletions}</span>
        </li>
      ))}
    </ul>
  )
}
