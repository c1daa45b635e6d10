import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useSyncExternalStore } from 'react'
import { agentStateOf, type BoardAgents } from '#shared/agent-state.ts'
import type { BoardId } from '#shared/ids.ts'
import { type BoardState, countAll } from './board-state.ts'

/** What is known at any moment of a board that this window has read. */
export interface BoardGlance {
  cards: number
  agents: BoardAgents
}

/** A glance at the boards that this window has read, kept up to date by their events. */
export function useReadBoards(): ReadonlyMap<BoardId, BoardGlance> {
  const cache = useQueryClient()
  const last = useRef<{ text: string; map: ReadonlyMap<BoardId, BoardGlance> }>({ text: '', map: new Map() })
  const store = useMemo(() => {
    const read = () => {
      const entries = cache
        .getQueriesData<BoardState>({ queryKey: ['board'] })
        .flatMap(([, state]) => (state ? [[state.board.id, glance(state)] as const] : []))
      const text = JSON.stringify(entries)
      // The same object for the same content: the cache changes far more often than this does.
      if (text !== last.current.text) last.current = { text, map: new Map(entries) }
      return last.current.map
    }
    return { read, subscribe: (listener: () => void) => cache.getQueryCache().subscribe(listener) }
  }, [cache])
  return useSyncExternalStore(store.subscribe, store.read)
}

const glances = new WeakMap<BoardState, BoardGlance>()

/** Looked up once for each state: the cache tells of every query's every step. */
function glance(state: BoardState): BoardGlance {
  const known = glances.get(state)
  if (known) return known
  const next = { cards: countAll(state), agents: agentsOn(state) }
  glances.set(state, next)
  return next
}

function agentsOn({ executions, tasks }: BoardState): BoardAgents {
  let agents: BoardAgents = null
  for (const execution of executions.values()) {
    if (!tasks.has(execution.task_id)) continue
    const state = agentStateOf(execution)
    if (state === 'needs_you') return state
    if (state === 'failed' || (state === 'running' && agents === null)) agents = state
  }
  return agents
}
