import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LogHit, LogKind } from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { api } from '../../lib/trpc.ts'

/** While somebody types, nothing is searched, milliseconds. */
const PAUSE_MS = 180
/** A running log is searched again so often, milliseconds. */
const AGAIN_MS = 4000

export interface LogSearch {
  text: string
  setText: (text: string) => void
  /** What is searched for; empty: nothing. */
  sought: string
  hits: readonly LogHit[]
  total: number
  /** Which of the hits is looked at; null: none yet. */
  at: number | null
  hit: LogHit | null
  step: (by: 1 | -1) => void
  isSearching: boolean
  error: unknown
}

const NONE: readonly LogHit[] = []

/** Looks through the whole log of an execution as words are typed. */
export function useLogSearch(
  id: ExecutionId,
  kinds: readonly LogKind[] | null,
  isRunning: boolean,
): LogSearch {
  const [text, setText] = useState('')
  const [sought, setSought] = useState('')
  const [at, setAt] = useState<number | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSought(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data, error, isFetching } = useQuery({
    queryKey: ['log-search', id, sought, kinds],
    queryFn: ({ signal }) =>
      api.executions.searchEvents.query(
        { id, text: sought, ...(kinds && { kinds: [...kinds] }) },
        { signal },
      ),
    enabled: sought !== '',
    refetchInterval: isRunning ? AGAIN_MS : false,
    placeholderData: keepPreviousData,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words begin with their first hit
  useEffect(() => setAt(null), [sought, kinds])
  const hits = sought === '' ? NONE : (data?.hits ?? NONE)
  const step = (by: 1 | -1) => {
    if (hits.length === 0) return
    setAt((now) => (now === null ? (by === 1 ? 0 : hits.length - 1) : (now + by + hits.length) % hits.length))
  }
  return {
    text,
    setText,
    sought,
    hits,
    total: sought === '' ? 0 : (data?.total ?? 0),
    at,
    hit: at === null ? null : (hits[at] ?? null),
    step,
    isSearching: isFetching && !data,
    error: sought === '' ? null : error,
  }
}
