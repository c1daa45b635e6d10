import { useEffect, useState } from 'react'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { api } from '../../lib/trpc.ts'
import { followExecution } from './use-log.ts'

/** Grows whenever the agents of an execution may have changed files; null follows nothing. */
export function useFileChanges(id: ExecutionId | null): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    if (id === null) return
    const abort = new AbortController()
    let unfollow = () => {}
    const follow = async () => {
      const { last_sequence } = await api.executions.get.query({ id }, { signal: abort.signal })
      if (abort.signal.aborted) return
      unfollow = followExecution(id, last_sequence, (events) => {
        if (events.some(mayHaveWritten)) setChanges((before) => before + 1)
      })
    }
    follow().catch(() => {}) // the diff is read all the same
    return () => {
      abort.abort()
      unfollow()
    }
  }, [id])
  return changes
}

const WRITING: readonly string[] = ['edit', 'delete', 'move', 'execute']

function mayHaveWritten({ body }: ExecutionEvent): boolean {
  if (body.type === 'commit') return true
  return body.type === 'tool' && body.status === 'done' && WRITING.includes(body.kind)
}
