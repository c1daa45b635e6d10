import type { Task } from '#shared/task.ts'
import { drawAttached } from '../features/attachments/attached-image.tsx'
import { CommentsSection } from '../features/comments/comments-section.tsx'
import { copyText } from '../lib/copy-text.ts'
import { routeHash, useRoute } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'

/** The comments of the open card; the address may lead to one of them. */
export function TaskComments({ task, cardKey }: { task: Task; cardKey: string }) {
  const route = useRoute()
  const { id: taskId, board_id: boardId } = task
  return (
    <CommentsSection
      boardId={boardId}
      taskId={taskId}
      cardKey={cardKey}
      image={drawAttached}
      targetId={(route.page === 'board' && route.commentId) || null}
      onCopyLink={(commentId) => {
        const hash = routeHash({ page: 'board', boardId, taskId, commentId })
        copyText(new URL(hash, location.href).href, texts.app.linkCommentOnCopied(cardKey))
      }}
    />
  )
}
