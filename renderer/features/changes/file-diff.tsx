import { MessageSquarePlus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type LineComment, useLineComments, useUnfinishedComment } from '../../lib/line-comments.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { FileView } from '../../lib/viewed-files.ts'
import { IconButton } from '../../ui/button.tsx'
import { linesOf } from '../../ui/patch.tsx'
import { CommentForm } from './comment-form.tsx'
import { CommentList } from './comment-list.tsx'
import styles from './file-diff.module.css'
import { FileHead } from './file-head.tsx'
import { PatchView } from './patch-view.tsx'
import { usePatch } from './use-diff.ts'
import { ViewedBox } from './viewed-box.tsx'

interface FileDiffProps {
  executionId: ExecutionId
  diff: DiffSummary
  file: FileChange
  view: 'split' | 'unified'
  isOpen: boolean
  onToggle: () => void
  /** Whether the person may say something to its lines. */
  canComment: boolean
  /** Whether the person has been through it, as it is now. */
  viewed: FileView
  onViewed: (isViewed: boolean) => void
}

/** One changed file; its patch is read when it is open. */
export function FileDiff({
  executionId,
  diff,
  file,
  view,
  isOpen,
  canComment,
  viewed,
  ...on
}: FileDiffProps) {
  const section = useRef<HTMLElement>(null)
  const patch = usePatch(executionId, diff, file, isOpen)
  const { comments, add } = useLineComments(executionId)
  const { unfinished, keep, forget } = useUnfinishedComment(executionId, file.path)
  /** Where a comment is being written; `file`: the person names the line. */
  const [writing, setWriting] = useState<number | 'file' | null>(unfinished?.at ?? null)
  const own = comments.filter((one) => one.file === file.path)
  const text = own.length > 0 ? patch.data?.patch : undefined
  /** Those whose comments stand under them; any other comment stands above. */
  const seen = useMemo(() => linesOf(text ?? ''), [text])
  const form = (line: number | null) => (
    <CommentForm
      path={file.path}
      line={line}
      draft={unfinished?.text ?? ''}
      onText={(text) => keep({ at: line ?? 'file', text })}
      onAdd={(at, text) => {
        add({ file: file.path, line: at, text })
        forget()
        setWriting(null)
      }}
      onClose={() => setWriting(null)}
      onCancel={() => {
        forget()
        setWriting(null)
      }}
    />
  )
  const isAtLine = ({ line }: LineComment) => isOpen && line !== null && seen.has(line)
  const byLine = Map.groupBy(own.filter(isAtLine), ({ line }) => line ?? 0)
  return (
    <section ref={section} className={styles.file} aria-label={file.path}>
      <FileHead file={file} isOpen={isOpen} onToggle={on.onToggle}>
        <ViewedBox
          path={file.path}
          viewed={viewed}
          onChange={(isViewed) => {
            on.onViewed(isViewed)
            // What follows comes next: not what lay so far below that it was out of sight.
            requestAnimationFrame(() => section.current?.scrollIntoView({ block: 'nearest' }))
          }}
        />
        {canComment && (
          <IconButton
            size="small"
            label={texts.changes.comment(file.path)}
            onClick={() => setWriting('file')}
          >
            <MessageSquarePlus />
          </IconButton>
        )}
      </FileHead>
      {writing === 'file' && form(null)}
      <CommentList executionId={executionId} comments={own.filter((one) => !isAtLine(one))} />
      {isOpen && (
        <PatchView
          file={file}
          patch={patch}
          view={view}
          writing={typeof writing === 'number' ? { line: writing, form: form(writing) } : null}
          notes={
            new Map(
              [...byLine].map(([line, said]) => [
                line,
                <CommentList key={line} executionId={executionId} comments={said} />,
              ]),
            )
          }
          onLine={canComment ? setWriting : null}
        />
      )}
    </section>
  )
}
