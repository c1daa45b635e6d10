import type { FileChange, FilePatch } from '#shared/diff.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { type LineProps, Patch } from '../../ui/patch.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './file-diff.module.css'

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
export function PatchView({ file, patch, view, writing, notes, onLine }: PatchViewProps) {
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
      <Patch
        text={patch.data.patch}
        path={file.path}
        view={view}
        writing={writing}
        {...(notes && { notes })}
        onLine={onLine}
      />
      {patch.data.truncated && (
        <div className={styles.cut}>
          <Callout tone="warn">{texts.changes.changeTooLongShow(file.additions + file.deletions)}</Callout>
        </div>
      )}
    </>
  )
}
