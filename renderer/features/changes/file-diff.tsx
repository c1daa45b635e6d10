import { ChevronRight, MessageSquarePlus } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { type ChangeData, Diff, getChangeKey, Hunk, type HunkData, parseDiff } from 'react-diff-view'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { plural } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CommentForm } from './comment-form.tsx'
import { CommentList } from './comment-list.tsx'
import styles from './file-diff.module.css'
import './diff-view.css'
import { useLineComments } from './line-comments.ts'
import { colour } from './syntax.ts'
import { usePatch } from './use-diff.ts'

interface FileDiffProps {
  executionId: ExecutionId
  diff: DiffSummary
  file: FileChange
  view: 'split' | 'unified'
  isOpen: boolean
  onToggle: () => void
  /** Whether the person may say something to its lines. */
  canComment: boolean
}

const KIND = {
  added: { label: 'Added', tone: 'good' },
  modified: { label: 'Modified', tone: 'mute' },
  deleted: { label: 'Deleted', tone: 'bad' },
  renamed: { label: 'Renamed', tone: 'run' },
} as const

/** One changed file; its patch is read when it is open. */
export function FileDiff({ executionId, diff, file, view, isOpen, onToggle, canComment }: FileDiffProps) {
  const kind = KIND[file.kind]
  const { comments, add, remove } = useLineComments(executionId)
  /** Where a comment is being written; `file`: the person names the line. */
  const [writing, setWriting] = useState<number | 'file' | null>(null)
  const own = comments.filter((one) => one.file === file.path)
  const form = (line: number | null) => (
    <CommentForm
      path={file.path}
      line={line}
      onAdd={(at, text) => {
        add({ file: file.path, line: at, text })
        setWriting(null)
      }}
      onClose={() => setWriting(null)}
    />
  )
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
        {canComment && (
          <IconButton size="small" label={`Comment on ${file.path}`} onClick={() => setWriting('file')}>
            <MessageSquarePlus />
          </IconButton>
        )}
      </h4>
      {writing === 'file' && form(null)}
      <CommentList comments={own} onRemove={remove} />
      {isOpen && (
        <Body
          executionId={executionId}
          diff={diff}
          file={file}
          view={view}
          writing={typeof writing === 'number' ? { line: writing, form: form(writing) } : null}
          onLine={canComment ? setWriting : null}
        />
      )}
    </section>
  )
}

interface LineProps {
  /** The form that stands under a line. */
  writing: { line: number; form: ReactNode } | null
  /** Null: nothing can be said to a line now. */
  onLine: ((line: number) => void) | null
}

type BodyProps = Omit<FileDiffProps, 'isOpen' | 'onToggle' | 'canComment'> & LineProps

function Body({ executionId, diff, file, view, writing, onLine }: BodyProps) {
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
      <Patch text={patch.data.patch} path={file.path} view={view} writing={writing} onLine={onLine} />
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
  if (!parsed)
    return <p className={styles.note}>No lines were changed, only the file’s name or its permissions.</p>
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
