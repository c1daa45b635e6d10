import type { ExecutionId } from '#shared/ids.ts'
import type { LineComment } from '../../lib/line-comments.ts'
import { texts } from '../../lib/texts/texts.ts'
import { CommentItem } from './comment-item.tsx'
import styles from './comments.module.css'

interface CommentListProps {
  executionId: ExecutionId
  comments: readonly LineComment[]
}

/** Comments that are not sent yet. */
export function CommentList({ executionId, comments }: CommentListProps) {
  if (comments.length === 0) return null
  return (
    <ul className={styles.list} aria-label={texts.changes.commentsSent}>
      {comments.map((comment) => (
        <CommentItem key={comment.id} executionId={executionId} comment={comment} />
      ))}
    </ul>
  )
}
