import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { errorFacts, errorText, isCancelled } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { GIT_MISSING } from './use-git.ts'

/** Makes the sample project and opens its board; can be cancelled. */
export function useSample(onOpened: (id: BoardId) => void) {
  const cache = useQueryClient()
  const abort = useRef<AbortController | null>(null)
  const open = useMutation({
    mutationFn: () => {
      abort.current = new AbortController()
      return api.projects.openSample.mutate(undefined, { signal: abort.current.signal })
    },
    onSuccess: ({ board }) => {
      void cache.invalidateQueries({ queryKey: keys.boards })
      onOpened(board.id)
    },
    onError: (error) => {
      if (isCancelled(error)) return
      const failed = {
        tone: 'bad',
        title: texts.projects.sampleCouldNotMade,
        text: errorText(error),
      } as const
      if (errorFacts(error).reason !== GIT_MISSING) return showToast(failed)
      showToast({ ...failed, subject: GIT_MISSING })
      void cache.invalidateQueries({ queryKey: keys.git }) // it was there when the page was opened
    },
  })
  return { open: () => open.mutate(), isOpening: open.isPending, cancel: () => abort.current?.abort() }
}
