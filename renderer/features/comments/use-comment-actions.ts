import { useQueryClient } from '@tanstack/react-query'
import type { Comment } from '#shared/comment.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep, editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { withComment, withoutComment } from './comment-list.ts'

/** What a person can do with comments; each can be undone, and shows at once what the app answers. */
export function useCommentActions(boardId: BoardId, taskId: TaskId, cardKey: string) {
  const cache = useQueryClient()
  const key = keys.comments(taskId)
  const patch = (change: (list: readonly Comment[]) => readonly Comment[]) =>
    cache.setQueryData<readonly Comment[]>(key, (known) => known && change(known))
  const put = (comment: Comment) => patch((list) => withComment(list, comment))
  const drop = async ({ id }: Comment) => {
    await api.comments.delete.mutate({ id })
    patch((list) => withoutComment(list, id))
  }
  const restore = async ({ id }: Comment) => put(await api.comments.restore.mutate({ id }))
  const write = async (id: Comment['id'], body: string) => put(await api.comments.update.mutate({ id, body }))
  const attempt = async (failed: string, act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      showToast({ tone: 'bad', title: failed, text: errorText(error) })
      return false
    }
  }

  return {
    create: (body: string) =>
      attempt(texts.comments.commentNotSent, async () => {
        const comment = await api.comments.create.mutate({ task_id: taskId, body })
        put(comment)
        const step = callStep(
          () => drop(comment),
          () => restore(comment),
        )
        recordStep(boardId, texts.comments.commented(cardKey), step)
      }),
    edit: (comment: Comment, body: string) =>
      attempt(texts.comments.commentNotChanged, async () => {
        await write(comment.id, body)
        const of = {
          name: texts.comments.commentSubject,
          read: async () =>
            (await api.comments.list.query({ task_id: taskId })).find(({ id }) => id === comment.id),
          write: (values: { body: string }) => write(comment.id, values.body),
        }
        const step = editStep(of, { body: comment.body }, { body })
        recordStep(boardId, texts.comments.editedComment(cardKey), step)
      }),
    remove: (comment: Comment) =>
      attempt(texts.comments.commentNotDeleted, async () => {
        await drop(comment)
        const step = callStep(
          () => restore(comment),
          () => drop(comment),
        )
        const undo = recordStep(boardId, texts.comments.deletedComment(cardKey), step)
        showToast({ title: texts.comments.commentDeleted, action: { label: texts.comments.undo, run: undo } })
      }),
  }
}
