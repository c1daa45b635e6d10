import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { type BoardState, isOlder } from './board-state.ts'

/** A card with its bodies: read when it is opened, and kept up to date by the events of its board. */
export function useTask(id: TaskId | null) {
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.task(id as TaskId),
    queryFn: async ({ signal }) => {
      const read = () => api.tasks.get.query({ id: id as TaskId }, { signal })
      const first = await read()
      const card = cache.getQueryData<BoardState>(keys.board(first.board_id))?.tasks.get(first.id)
      // Its board has heard of a change while it was being read.
      const task = isOlder(first, card) ? await read() : first
      const known = cache.getQueryData<Task>(keys.task(task.id))
      return known && isOlder(task, known) ? known : task
    },
    enabled: id !== null,
    // Its board's events keep it up to date, but only while the board is open.
    staleTime: 0,
  })
}

/** A newer version of a card that somebody reads whole. */
export function patchTask(cache: QueryClient, task: Task): void {
  cache.setQueryData<Task>(keys.task(task.id), (known) => (known && !isOlder(task, known) ? task : known))
}
