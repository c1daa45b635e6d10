import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ExecutionId } from '#shared/ids.ts'
import { api } from '../../lib/trpc.ts'
import { lineOf, pieceAt } from './output-lines.ts'

/** Pieces that stay here. */
const KEPT = 24
/** While it grows, it is asked so often how long it is, milliseconds. */
const AGAIN_MS = 700
const AT_ONCE = 8

export interface ToolOutput {
  lines: number
  /** The line, from 0; null: not here yet. */
  lineAt: (line: number) => string | null
  /** Reads what these lines stand in. */
  need: (from: number, to: number) => void
  isPending: boolean
  error: unknown
}

/** What a tool has printed, line by line, of which only what is looked at is here. */
export function useToolOutput(id: ExecutionId, entry: number, isRunning: boolean): ToolOutput {
  const outline = useQuery({
    queryKey: ['log-output', id, entry],
    queryFn: ({ signal }) => api.executions.outputOutline.query({ id, entry }, { signal }),
    refetchInterval: isRunning ? AGAIN_MS : false,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  // It has ended: its last lines are read.
  const { refetch } = outline
  useEffect(() => {
    if (!isRunning) void refetch()
  }, [isRunning, refetch])
  const [texts, setTexts] = useState<ReadonlyMap<number, readonly string[]>>(new Map())
  const reading = useMemo(() => new Set<number>(), [])
  const pieces = outline.data?.pieces
  const need = useCallback(
    (from: number, to: number) => {
      if (!pieces) return
      const first = Math.max(0, pieceAt(pieces, from) - 1) // a line may begin in the piece before
      const wanted = pieces.slice(first, pieceAt(pieces, to) + 1).map((piece) => piece.sequence)
      const missing = wanted.filter((one) => !texts.has(one) && !reading.has(one)).slice(0, AT_ONCE)
      if (missing.length === 0) return
      for (const one of missing) reading.add(one)
      api.executions.output
        .query({ id, sequences: missing })
        .then((read) =>
          setTexts((before) => {
            const all = [
              ...before,
              ...read.map(({ sequence, text }) => [sequence, text.split('\n')] as const),
            ]
            return new Map(all.slice(-KEPT))
          }),
        )
        .catch(() => {}) // asked for again when it is looked at again
        .finally(() => {
          for (const one of missing) reading.delete(one)
        })
    },
    [id, pieces, texts, reading],
  )
  const lineAt = useCallback((line: number) => lineOf(pieces ?? [], texts, line), [pieces, texts])
  return {
    lines: outline.data?.lines ?? 0,
    lineAt,
    need,
    isPending: outline.isPending,
    error: outline.data ? null : outline.error,
  }
}
