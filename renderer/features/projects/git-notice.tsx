import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Callout } from '../../ui/notice.tsx'
import styles from './welcome-page.module.css'

/** While it is missing, the person may be installing it. */
const LOOK_AGAIN_MS = 3_000

/** Says that git is missing or too old, before anybody tries to open a folder, and goes once it is there. */
export function GitNotice() {
  const { data: git } = useQuery({
    queryKey: keys.git,
    queryFn: ({ signal }) => api.system.git.query(undefined, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'missing' ? LOOK_AGAIN_MS : false),
  })
  if (git?.state !== 'missing') return null
  return (
    <div className={styles.git}>
      <Callout tone="bad" role="alert" icon={<CircleAlert />} title={texts.projects.gitNeeded}>
        {texts.projects.gitFound(git.found, git.fix ?? '')}
      </Callout>
    </div>
  )
}
