import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { withdrawToasts } from '../../ui/toast.tsx'

/** While it is missing, the person may be installing it. */
const LOOK_AGAIN_MS = 3_000

/** What toasts about it are about, which is also the reason of the refusal. */
export const GIT_MISSING = 'GIT_MISSING'

/** Whether git is there and new enough; looks again by itself while it is not. What was told of its lack goes with the lack. */
export function useGit() {
  const { data: git } = useQuery({
    queryKey: keys.git,
    queryFn: ({ signal }) => api.system.git.query(undefined, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'missing' ? LOOK_AGAIN_MS : false),
  })
  const isThere = git?.state === 'ok'
  useEffect(() => {
    if (isThere) withdrawToasts(GIT_MISSING)
  }, [isThere])
  return git
}
