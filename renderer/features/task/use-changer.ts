import { useQuery } from '@tanstack/react-query'
import type { Task } from '#shared/task.ts'
import type { CardField } from '../../lib/merge-edit.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** How far back to look: the change in question is one of the latest of its card. */
const LOOK_BACK = 20

/** Who made a field of a card what it is in this version; null while that is not known. */
export function useChanger(task: Task, field: CardField | undefined): { name: string; at: Date } | null {
  const query = useQuery({
    queryKey: keys.changer(task.id, task.version, field ?? ''),
    queryFn: async ({ signal }) => {
      const of = { board_id: task.board_id, task_id: task.id }
      const lines = await api.activity.list.query({ ...of, limit: LOOK_BACK }, { signal })
      const line = lines.find(({ metadata }) => metadata.field === field)
      return line ? { name: line.actor.name, at: line.created_at } : null
    },
    enabled: field !== undefined,
  })
  return query.data ?? null
}
