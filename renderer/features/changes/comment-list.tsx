import { X } from 'lucide-react'
import type { LineComment } from '../../lib/line-comments.ts'
import { texts } from '../../lib/texts/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './comments.module.css'

interface CommentListProps {
  comments: readonly LineComment[]
  onRemove: (comment: LineComment) => void
}

/** Comments that are not sent yet. */
export function CommentList({ comments, onRemove }: CommentListProps) {
  if (comments.length === 0) return null
  return (
    <ul className={styles.list} aria-label={texts.changes.commentsSent}>
      {comments.map((comment) => (
        <li key={comment.id} className={styles.comment}>
          <span className={styles.where}>
            {comment.line === null ? texts.changes.file : texts.changes.lineNumber(comment.line)}
          </span>
          <span className={styles.text}>{comment.text}</span>
          <IconButton size="small" label={texts.changes.removeComment} onClick={() => onRemove(comment)}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
