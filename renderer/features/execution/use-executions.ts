import { useQuery } from '@tanstack/react-query'
import type { ExecutionId, TaskId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** All executions of a card, newest first. Live events of the board have it read again. */
export function useExecutions(taskId: TaskId) {
  return useQuery({
    queryKey: keys.executions(taskId),
    queryFn: ({ signal }) => api.executions.list.query({ task_id: taskId }, { signal }),
  })
}

/** An execution with its steps. */
export function useExecution(id: ExecutionId | null) {
  return useQuery({
    queryKey: id ? keys.execution(id) : ['execution', 'none'],
    queryFn: ({ signal }) => {
      if (!id) throw new Error('There is no execution to read.')
      return api.executions.get.query({ id }, { signal })
    },
    enabled: id !== null,
  })
}
