import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Undo2 } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { assertNever } from '#shared/assert-never.ts'
import type { RevertPreview } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorText, isCancelled } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { showToast } from '../../ui/toast.tsx'
import { FileList } from './file-list.tsx'
import styles from './merge-dialog.module.css'

interface RevertDialogProps {
  execution: ExecutionSummary
  cardKey: string
  cardTitle: string
  onClose: () => void
}

/** Tries to take a merge back, tells what would happen and on which branch, and does it when the person says so. */
export function RevertDialog({ execution, cardKey, cardTitle, onClose }: RevertDialogProps) {
  const preview = useQuery({
    queryKey: keys.revertPreview(execution.id),
    queryFn: ({ signal }) => api.executions.previewRevertMerge.query({ id: execution.id }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const { revert, stop } = useRevert(execution, cardKey, {
    onDone: onClose,
    onRefused: () => void preview.refetch(),
  })
  const state = preview.data?.state
  const isReady = (state === 'ready' || state === 'already_reverted') && !preview.isFetching
  const leave = () => (revert.isPending ? stop() : onClose())
  return (
    <Dialog
      title={texts.changes.revert(cardKey)}
      description={cardTitle}
      width="narrow"
      onClose={leave}
      onSubmit={() => isReady && !revert.isPending && revert.mutate()}
      footer={
        <>
          {!preview.isPending && !isReady && (
            <Button variant="ghost" isBusy={preview.isFetching} onClick={() => void preview.refetch()}>
              {texts.changes.checkAgain}
            </Button>
          )}
          <Button variant="ghost" onClick={leave}>
            {texts.changes.cancel}
          </Button>
          <Button
            type="submit"
            variant="primary"
            icon={<Undo2 />}
            disabled={!isReady}
            isBusy={revert.isPending}
          >
            {texts.changes.revertNow}
          </Button>
        </>
      }
    >
      <div className={styles.body} aria-live="polite">
        {revert.isError && !isCancelled(revert.error) && (
          <Callout tone="bad" icon={<CircleAlert />}>
            {errorText(revert.error)}
          </Callout>
        )}
        {preview.isPending && (
          <p className={styles.checking}>
            <Spinner /> {texts.changes.tryingRevert}
          </p>
        )}
        {preview.isError && <Callout tone="bad">{errorText(preview.error)}</Callout>}
        {preview.data && <Preview preview={preview.data} />}
      </div>
    </Dialog>
  )
}

/** The revert itself; until git moves the branch it can be given up. */
function useRevert(
  execution: ExecutionSummary,
  cardKey: string,
  { onDone, onRefused }: { onDone: () => void; onRefused: () => void },
) {
  const cache = useQueryClient()
  const going = useRef<AbortController | null>(null)
  const revert = useMutation({
    mutationFn: () => {
      going.current = new AbortController()
      return api.executions.revertMerge.mutate({ id: execution.id }, { signal: going.current.signal })
    },
    onSuccess: ({ commit, base_branch, branch, kept_ref }) => {
      void cache.invalidateQueries({ queryKey: keys.executions(execution.task_id) })
      void cache.invalidateQueries({ queryKey: keys.diff(execution.id) })
      const where = branch ? texts.changes.workAgainOn(branch) : texts.changes.workAgainKept(kept_ref)
      showToast({
        tone: branch ? 'good' : 'bad',
        title: texts.changes.reverted(cardKey),
        text: `${texts.changes.changesOutAsCommit(base_branch, commit.slice(0, 8))} ${where}`,
      })
      onDone()
    },
    onError: onRefused,
  })
  return { revert, stop: () => going.current?.abort() }
}

function Preview({ preview }: { preview: RevertPreview }): ReactNode {
  switch (preview.state) {
    case 'ready':
      return (
        <>
          <p>
            {texts.changes.revertMakesCommit(preview.commits, preview.files.length)}{' '}
            <strong>{preview.base_branch}</strong>
            {texts.changes.revertKeepsTheRest}
          </p>
          <FileList files={preview.files} />
          <p>{texts.changes.revertBringsWorkBack}</p>
        </>
      )
    case 'already_reverted':
      return (
        <Callout tone="mute" title={texts.changes.alreadyReverted(preview.base_branch)}>
          {texts.changes.alreadyRevertedMeans}
        </Callout>
      )
    case 'conflict':
      return (
        <Callout tone="warn" title={texts.changes.revertConflicts(preview.base_branch)}>
          {texts.changes.revertConflictsMeans}
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
