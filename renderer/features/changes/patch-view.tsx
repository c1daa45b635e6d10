import { type ReactNode, useMemo } from 'react'
import { type ChangeData, Diff, getChangeKey, Hunk, type HunkData, parseDiff } from 'react-diff-view'
import type { FileChange, FilePatch } from '#shared/diff.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './file-diff.module.css'
import './diff-view.css'
import { colour } from './syntax.ts'

interface LineProps {
  /** The form that stands under a line. */
  writing: { line: number; form: ReactNode } | null
  /** Null: nothing can be said to a line now. */
  onLine: ((line: number) => void) | null
}

/** A file's patch as it is read. */
export interface PatchQuery {
  data: FilePatch | undefined
  isPending: boolean
  error: Error | null
  refetch: () => unknown
}

interface PatchViewProps extends LineProps {
  file: FileChange
  patch: PatchQuery
  view: 'split' | 'unified'
}

/** The lines of a changed file, or why they are not to be seen. */
export function PatchView({ file, patch, view, writing, onLine }: PatchViewProps) {
  if (file.is_binary) return <p className={styles.note}>{texts.changes.binaryFileNoLinesShow}</p>
  if (patch.isPending) {
    return (
      <div className={styles.loading} role="status" aria-label={texts.changes.loading(file.path)}>
        <Skeleton width="60%" />
        <Skeleton width="80%" />
        <Skeleton width="45%" />
      </div>
    )
  }
  if (!patch.data) {
    return (
      <ErrorState
        title={texts.changes.fileCouldNotRead}
        error={patch.error}
        onRetry={() => void patch.refetch()}
      />
    )
  }
  return (
    <>
      <Patch text={patch.data.patch} path={file.path} view={view} writing={writing} onLine={onLine} />
      {patch.data.truncated && (
        <div className={styles.cut}>
          <Callout tone="warn">{texts.changes.changeTooLongShow(file.additions + file.deletions)}</Callout>
        </div>
      )}
    </>
  )
}

interface PatchProps extends LineProps {
  text: string
  path: string
  view: 'split' | 'unified'
}

function Patch({ text, path, view, writing, onLine }: PatchProps) {
  const parsed = useMemo(() => {
    const file = text.trim() === '' ? undefined : parseDiff(text, { nearbySequences: 'zip' })[0]
    return file && file.hunks.length > 0 ? { file, tokens: colour(file.hunks, path) } : null
  }, [text, path])
  if (!parsed) return <p className={styles.note}>{texts.changes.noLinesChangedOnly}</p>
  const { file, tokens } = parsed
  const change =
    writing && file.hunks.flatMap(({ changes }) => changes).find((one) => lineOf(one) === writing.line)
  const widgets = writing && change ? { [getChangeKey(change)]: writing.form } : {}
  const click = ({ change: clicked }: { change: ChangeData | null }) => {
    const line = clicked && lineOf(clicked)
    if (line) onLine?.(line)
  }
  // A new file has no left side.
  const viewType = file.type === 'add' || file.type === 'delete' ? 'unified' : view
  return (
    <div className={styles.scroll}>
      <Diff
        viewType={viewType}
        diffType={file.type}
        hunks={file.hunks}
        tokens={tokens}
        widgets={widgets}
        {...(onLine && { gutterEvents: { onClick: click } })}
        optimizeSelection
      >
        {(hunks: HunkData[]) => hunks.flatMap((hunk) => [<Hunk key={hunk.content} hunk={hunk} />])}
      </Diff>
    </div>
  )
}

/** In the file as it is now; a line that is gone has none. */
function lineOf(change: ChangeData): number | null {
  if (change.type === 'insert') return change.lineNumber
  return change.type === 'normal' ? change.newLineNumber : null
}
