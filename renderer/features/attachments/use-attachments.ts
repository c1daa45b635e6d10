import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Attachment } from '#shared/attachment.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { onBoardMessages } from '../../lib/board-messages.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'
import { withMessage } from './attachment-list.ts'

/** The files of a card, oldest first, live. */
export function useAttachments(boardId: BoardId, taskId: TaskId) {
  const cache = useQueryClient()
  useEffect(() => {
    const key = keys.attachments(taskId)
    return onBoardMessages(boardId, (messages) => {
      const isUnknown = messages.some(({ type }) => type === 'snapshot_needed')
      // What is being read at this moment may be from before what has just happened.
      if (isUnknown || cache.isFetching({ queryKey: key }) > 0) void readAnew(cache, key)
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
