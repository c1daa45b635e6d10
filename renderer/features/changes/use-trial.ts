import { type QueryKey, useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'

interface TrialParts<Preview, Result> {
  queryKey: QueryKey
  /** Tries it; nothing is changed. */
  preview: (signal: AbortSignal) => Promise<Preview>
  /** Does it; until git moves the branch the signal gives it up. */
  act: (signal: AbortSignal) => Promise<Result>
  onDone: (result: Result) => void
}

/** Something that git does, tried before it is done. What is refused is tried again, so that the reason shows. */
export function useTrial<Preview, Result>({ queryKey, onDone, ...parts }: TrialParts<Preview, Result>) {
  const preview = useQuery({
    queryKey,
    queryFn: ({ signal }) => parts.preview(signal),
    staleTime: 0,
    gcTime: 0,
  })
  const going = useRef<AbortController | null>(null)
  const act = useMutation({
    mutationFn: () => {
      going.current = new AbortController()
      return parts.act(going.current.signal)
    },
    onSuccess: onDone,
    onError: () => void preview.refetch(),
  })
  return { preview, act, stop: () => going.current?.abort() }
}
