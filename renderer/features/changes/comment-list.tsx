import { X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import styles from './comments.module.css'
import type { LineComment } from './line-comments.ts'

interface CommentListProps {
  comments: readonly LineComment[]
  onRemove: (id: number) => void
}

/** Comments that are not sent yet. */
export function CommentList({ comments, onRemove }: CommentListProps) {
  if (comments.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Comments to be sent">
      {comments.map(({ id, line, text }) => (
        <li key={id} className={styles.comment}>
          <span className={styles.where}>{line === null ? 'The file' : `Line ${line}`}</span>
          <span className={styles.text}>{text}</span>
          <IconButton size="small" label="Remove this comment" onClick={() => onRemove(id)}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
