import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { DiffSummary, FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'

/** At most one look at the workspace in so many milliseconds, however fast the agents write. */
const LEAST_MS = 2_000

/** All that an execution changed; read again while `changes` grows. */
export function useDiff(id: ExecutionId, changes: number, isRunning: boolean) {
  const cache = useQueryClient()
  const query = useQuery({
    queryKey: keys.diff(id),
    queryFn: ({ signal }) => api.executions.diff.query({ id }, { signal }),
    staleTime: LEAST_MS,
  })
  const lastRead = useRef(0)
  useEffect(() => {
    if (query.dataUpdatedAt > 0) lastRead.current = query.dataUpdatedAt
  }, [query.dataUpdatedAt])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change, and the end of the run, are what it waits for
  useEffect(() => {
    if (lastRead.current === 0) return
    const wait = Math.max(0, lastRead.current + LEAST_MS - Date.now())
    const timer = setTimeout(() => void readAnew(cache, keys.diff(id), true), wait)
    return () => clearTimeout(timer)
  }, [cache, id, changes, isRunning])
  return query
}

/** The patch of one file, read when it is looked at and again when the file has changed. */
export function usePatch(id: ExecutionId, diff: DiffSummary, file: FileChange, isOpen: boolean) {
  const stamp = `${diff.head_commit}:${file.additions}:${file.deletions}`
  return useQuery({
    queryKey: keys.patch(id, file.path, stamp),
    queryFn: ({ signal }) => api.executions.patch.query({ id, path: file.path }, { signal }),
    enabled: isOpen && !file.is_binary,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}
