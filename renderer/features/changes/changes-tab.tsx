import { ChevronsDownUp, ChevronsUpDown, Columns2, FileDiff as FileDiffIcon, Rows2 } from 'lucide-react'
import { useState } from 'react'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import { plural } from '../../lib/format.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './changes-tab.module.css'
import { FileDiff } from './file-diff.tsx'
import { ReviewBar } from './review-bar.tsx'
import { useDiff } from './use-diff.ts'

interface ChangesTabProps {
  execution: ExecutionSummary
  /** Grows whenever the agents may have changed files. */
  changes: number
}

/** Files that are open at first: so many, and none with more lines than this. */
const OPEN_FILES = 12
const OPEN_LINES = 600

/** Everything an execution changed, file by file. */
export function ChangesTab({ execution, changes }: ChangesTabProps) {
  const isRunning = isActive(execution.status)
  const diff = useDiff(execution.id, changes, isRunning)
  if (diff.isPending) return <DiffSkeleton />
  if (diff.isError && !diff.data) {
    return (
      <ErrorState
        title="The changes could not be read"
        error={diff.error}
        onRetry={() => void diff.refetch()}
      />
    )
  }
  if (diff.data.files.length === 0) {
    return (
      <EmptyState icon={<FileDiffIcon />} title={isRunning ? 'Nothing changed yet' : 'No files were changed'}>
        {isRunning
          ? 'Changed files appear here while the agents write them.'
          : 'This run left every file as it was, so there is nothing to merge.'}
      </EmptyState>
    )
  }
  return <Files execution={execution} diff={diff.data} />
}

function Files({ execution, diff }: { execution: ExecutionSummary; diff: DiffSummary }) {
  const { preferences, update } = usePreferences()
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const opened = (file: FileChange, index: number) =>
    toggled.get(file.path) ?? (index < OPEN_FILES && file.additions + file.deletions <= OPEN_LINES)
  const setAll = (isOpen: boolean) => setToggled(new Map(diff.files.map((file) => [file.path, isOpen])))
  const areAllOpen = diff.files.every(opened)
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <span className={styles.sum}>
          {plural(diff.files.length, 'file')} changed
          <span className={styles.added}>+{diff.additions}</span>
          <span className={styles.removed}>−{diff.deletions}</span>
        </span>
        <IconButton
          label={areAllOpen ? 'Collapse all files' : 'Expand all files'}
          onClick={() => setAll(!areAllOpen)}
        >
          {areAllOpen ? <ChevronsDownUp /> : <ChevronsUpDown />}
        </IconButton>
        <Segmented
          label="View of the changes"
          isCompact
          value={preferences.diff_view}
          onChange={(diff_view) => update({ diff_view })}
          choices={[
            { value: 'unified', label: 'Unified', icon: <Rows2 /> },
            { value: 'split', label: 'Split', icon: <Columns2 /> },
          ]}
        />
      </div>
      <div className={styles.files}>
        {diff.files.map((file, index) => (
          <FileDiff
            key={file.path}
            executionId={execution.id}
            diff={diff}
            file={file}
            view={preferences.diff_view}
            canComment={!isActive(execution.status) && execution.resolution === 'none'}
            isOpen={opened(file, index)}
            onToggle={() => setToggled((before) => new Map(before).set(file.path, !opened(file, index)))}
          />
        ))}
      </div>
      <ReviewBar execution={execution} />
    </div>
  )
}

function DiffSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the changes">
      <Skeleton height="34px" />
      <Skeleton height="120px" />
      <Skeleton height="34px" />
    </div>
  )
}
