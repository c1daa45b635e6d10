import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { Diff, Hunk, type HunkData, parseDiff } from 'react-diff-view'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { plural } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './file-diff.module.css'
import './diff-view.css'
import { colour } from './syntax.ts'
import { usePatch } from './use-diff.ts'

interface FileDiffProps {
  executionId: ExecutionId
  diff: DiffSummary
  file: FileChange
  view: 'split' | 'unified'
  isOpen: boolean
  onToggle: () => void
}

const KIND = {
  added: { label: 'Added', tone: 'good' },
  modified: { label: 'Modified', tone: 'mute' },
  deleted: { label: 'Deleted', tone: 'bad' },
  renamed: { label: 'Renamed', tone: 'run' },
} as const

/** One changed file; its patch is read when it is open. */
export function FileDiff({ executionId, diff, file, view, isOpen, onToggle }: FileDiffProps) {
  const kind = KIND[file.kind]
  return (
    <section className={styles.file} aria-label={file.path}>
      <h4 className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
          <ChevronRight className={styles.chevron} data-open={isOpen} />
          <span className={styles.path}>
            {file.old_path && <span className={styles.old}>{file.old_path} → </span>}
            {file.path}
          </span>
          {file.kind !== 'modified' && <Badge tone={kind.tone}>{kind.label}</Badge>}
          <span className={styles.added}>+{file.additions}</span>
          <span className={styles.removed}>−{file.deletions}</span>
        </button>
      </h4>
      {isOpen && <Body executionId={executionId} diff={diff} file={file} view={view} />}
    </section>
  )
}

type BodyProps = Omit<FileDiffProps, 'isOpen' | 'onToggle'>

function Body({ executionId, diff, file, view }: BodyProps) {
  const patch = usePatch(executionId, diff, file, true)
  if (file.is_binary) return <p className={styles.note}>A binary file; it has no lines to show.</p>
  if (patch.isPending) {
    return (
      <div className={styles.loading} role="status" aria-label={`Loading ${file.path}`}>
        <Skeleton width="60%" />
        <Skeleton width="80%" />
        <Skeleton width="45%" />
      </div>
    )
  }
  if (!patch.data) {
    return (
      <ErrorState
        title="This file could not be read"
        error={patch.error}
        onRetry={() => void patch.refetch()}
      />
    )
  }
  return (
    <>
      <Patch text={patch.data.patch} path={file.path} view={view} />
      {patch.data.truncated && (
        <div className={styles.cut}>
          <Callout tone="warn">
            This change is too long to show whole ({plural(file.additions + file.deletions, 'line')}). The
            rest is on the branch.
          </Callout>
        </div>
      )}
    </>
  )
}

function Patch({ text, path, view }: { text: string; path: string; view: 'split' | 'unified' }) {
  const parsed = useMemo(() => {
    const file = text.trim() === '' ? undefined : parseDiff(text, { nearbySequences: 'zip' })[0]
    return file && file.hunks.length > 0 ? { file, tokens: colour(file.hunks, path) } : null
  }, [text, path])
  if (!parsed)
    return <p className={styles.note}>No lines were changed, only the file’s name or its permissions.</p>
  const { file, tokens } = parsed
  // A new file has no left side.
  const viewType = file.type === 'add' || file.type === 'delete' ? 'unified' : view
  return (
    <div className={styles.scroll}>
      <Diff viewType={viewType} diffType={file.type} hunks={file.hunks} tokens={tokens} optimizeSelection>
        {(hunks: HunkData[]) => hunks.flatMap((hunk) => [<Hunk key={hunk.content} hunk={hunk} />])}
      </Diff>
    </div>
  )
}
