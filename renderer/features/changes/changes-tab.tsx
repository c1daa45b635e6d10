import {
  ChevronsDownUp,
  ChevronsUpDown,
  Columns2,
  FileDiff as FileDiffIcon,
  GitCompareArrows,
  Rows2,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { useViewedFiles } from '../../lib/viewed-files.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './changes-tab.module.css'
import { FileDiff } from './file-diff.tsx'
import { ReviewBar } from './review-bar.tsx'
import { RoundsCompare } from './rounds-compare.tsx'
import { useDiff } from './use-diff.ts'

interface ChangesTabProps {
  execution: ExecutionSummary
  /** Grows whenever the agents may have changed files. */
  changes: number
  /** Whether two rounds are compared, instead of all changes. */
  isComparing: boolean
  onCompare: (isComparing: boolean) => void
  /** What a person is asked about the files, above them. */
  decisions: ReactNode
}

/** Files that are open at first: so many, and none with more lines than this. */
const OPEN_FILES = 12
const OPEN_LINES = 600

/** Everything an execution changed, file by file; or two of its rounds side by side. */
export function ChangesTab({ isComparing, onCompare, ...of }: ChangesTabProps) {
  if (isComparing) return <RoundsCompare execution={of.execution} onBack={() => onCompare(false)} />
  return <AllChanges {...of} onCompare={() => onCompare(true)} />
}

interface AllChangesProps extends Pick<ChangesTabProps, 'execution' | 'changes' | 'decisions'> {
  onCompare: () => void
}

function AllChanges({ execution, changes, decisions, onCompare }: AllChangesProps) {
  const isRunning = isActive(execution.status)
  const diff = useDiff(execution.id, changes, isRunning)
  if (diff.isPending) return <DiffSkeleton />
  if (diff.isError && !diff.data) {
    return (
      <ErrorState
        title={texts.changes.changesCouldNotRead}
        error={diff.error}
        onRetry={() => void diff.refetch()}
      />
    )
  }
  if (diff.data.files.length === 0) {
    return (
      <EmptyState
        icon={<FileDiffIcon />}
        title={isRunning ? texts.changes.nothingChangedYet : texts.changes.noFilesChanged}
      >
        {isRunning ? texts.changes.changedFilesAppearHere : texts.changes.runLeftEveryFile}
      </EmptyState>
    )
  }
  return <Files execution={execution} diff={diff.data} decisions={decisions} onCompare={onCompare} />
}

interface FilesProps extends Pick<AllChangesProps, 'execution' | 'decisions' | 'onCompare'> {
  diff: DiffSummary
}

function Files({ execution, diff, decisions, onCompare }: FilesProps) {
  const { preferences, update } = usePreferences()
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const { viewOf, setViewed } = useViewedFiles(execution.id)
  const viewed = diff.files.filter((file) => viewOf(file) === 'viewed').length
  const opened = (file: FileChange, index: number) =>
    toggled.get(file.path) ??
    (viewOf(file) !== 'viewed' && index < OPEN_FILES && file.additions + file.deletions <= OPEN_LINES)
  const toggle = (file: FileChange, isOpen: boolean) =>
    setToggled((before) => new Map(before).set(file.path, isOpen))
  const setAll = (isOpen: boolean) => setToggled(new Map(diff.files.map((file) => [file.path, isOpen])))
  const areAllOpen = diff.files.every(opened)
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <span className={styles.sum}>
          {texts.changes.fileChanged(diff.files.length)}
          <span className={styles.added}>+{diff.additions}</span>
          <span className={styles.removed}>−{diff.deletions}</span>
          {viewed > 0 && <span>{texts.changes.viewedOf(viewed, diff.files.length)}</span>}
        </span>
        {execution.iteration > 1 && (
          <IconButton label={texts.rounds.compare} onClick={onCompare}>
            <GitCompareArrows />
          </IconButton>
        )}
        <IconButton
          label={areAllOpen ? texts.changes.collapseAllFiles : texts.changes.expandAllFiles}
          onClick={() => setAll(!areAllOpen)}
        >
          {areAllOpen ? <ChevronsDownUp /> : <ChevronsUpDown />}
        </IconButton>
        <Segmented
          label={texts.changes.viewChanges}
          isCompact
          value={preferences.diff_view}
          onChange={(diff_view) => update({ diff_view })}
          choices={[
            { value: 'unified', label: texts.changes.unified, icon: <Rows2 /> },
            { value: 'split', label: texts.changes.split, icon: <Columns2 /> },
          ]}
        />
      </div>
      <div className={styles.decisions}>{decisions}</div>
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
            onToggle={() => toggle(file, !opened(file, index))}
            viewed={viewOf(file)}
            onViewed={(isViewed) => {
              setViewed(file, isViewed)
              toggle(file, !isViewed)
            }}
          />
        ))}
      </div>
      <ReviewBar execution={execution} />
    </div>
  )
}

function DiffSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.changes.loadingChanges}>
      <Skeleton height="34px" />
      <Skeleton height="120px" />
      <Skeleton height="34px" />
    </div>
  )
}
