import { Pencil, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ExecutionId } from '#shared/ids.ts'
import { type LineComment, useCommentEdit, useLineComments } from '../../lib/line-comments.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CommentForm } from './comment-form.tsx'
import styles from './comments.module.css'

interface CommentItemProps {
  executionId: ExecutionId
  comment: LineComment
}

/** A comment that is not sent yet, or the form in which it is edited. */
export function CommentItem({ executionId, comment }: CommentItemProps) {
  const { edit, keep, forget } = useCommentEdit(executionId, comment)
  const { change, remove, restore } = useLineComments(executionId)
  const button = useRef<HTMLButtonElement>(null)
  const wasClosed = useRef(false)
  const isEdited = edit !== null
  useEffect(() => {
    if (isEdited || !wasClosed.current) return
    wasClosed.current = false
    button.current?.focus() // from where the person came
  }, [isEdited])

  const close = () => {
    wasClosed.current = true
    forget()
  }
  const save = (text: string) => {
    close()
    if (text === comment.text) return
    change(comment, text)
    offerUndo(texts.changes.commentChanged, () => change(comment, comment.text))
  }
  const giveUp = () => {
    close()
    if (edit === null || edit.trim() === comment.text) return
    offerUndo(texts.changes.editGivenUp, () => keep(edit))
  }
  const takeAway = () => {
    remove([comment])
    offerUndo(texts.changes.commentRemoved, () => restore([comment]))
  }
  const where = comment.line === null ? texts.changes.file : texts.changes.lineNumber(comment.line)
  if (edit !== null)
    return (
      <li>
        <CommentForm
          path={comment.file}
          line={comment.line}
          edited={where}
          draft={edit}
          onText={keep}
          onAdd={(_, text) => save(text)}
          onClose={giveUp}
          onCancel={giveUp}
        />
      </li>
    )
  return (
    <li className={styles.comment}>
      <span className={styles.where}>{where}</span>
      <span className={styles.text}>{comment.text}</span>
      <IconButton
        ref={button}
        size="small"
        label={texts.changes.editComment}
        onClick={() => keep(comment.text)}
      >
        <Pencil />
      </IconButton>
      <IconButton size="small" label={texts.changes.removeComment} onClick={takeAway}>
        <X />
      </IconButton>
    </li>
  )
}

function offerUndo(title: string, run: () => void): void {
  showToast({ title, action: { label: texts.changes.undo, run } })
}
