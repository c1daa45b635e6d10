import { useQuery } from '@tanstack/react-query'
import type { Actor } from '#shared/actor.ts'
import type { Person } from '#shared/person.ts'
import { keys } from './query-keys.ts'
import { api } from './trpc.ts'

const NOBODY: readonly Person[] = []

/** All who have used this database, by name; empty until that is known. */
export function usePeople(): readonly Person[] {
  const query = useQuery({ queryKey: keys.people, queryFn: () => api.people.list.query() })
  return query.data ?? NOBODY
}

/** Who uses this window; null until that is known. */
export function useMe(): Actor | null {
  const query = useQuery({ queryKey: keys.me, queryFn: () => api.people.me.query() })
  return query.data ?? null
}
