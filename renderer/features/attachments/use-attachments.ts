import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Attachment } from '#shared/attachment.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { onBoardMessages } from '../../lib/board-messages.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { withMessage } from './attachment-list.ts'

/** The files of a card, oldest first, live. */
export function useAttachments(boardId: BoardId, taskId: TaskId) {
  const cache = useQueryClient()
  useEffect(() => {
    const key = keys.attachments(taskId)
    return onBoardMessages(boardId, (messages) => {
      if (messages.some(({ type }) => type === 'snapshot_needed')) {
        void cache.invalidateQueries({ queryKey: key })
      }
      cache.setQueryData<readonly Attachment[]>(
        key,
        (known) => known && messages.reduce((list, message) => withMessage(list, taskId, message), known),
      )
    })
  }, [cache, boardId, taskId])
  return useQuery<readonly Attachment[]>({
    queryKey: keys.attachments(taskId),
    queryFn: ({ signal }) => api.attachments.list.query({ task_id: taskId }, { signal }),
    // Its board's events keep it up to date, but only while it is looked at.
    staleTime: 0,
  })
}
