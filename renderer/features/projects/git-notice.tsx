import { CircleAlert } from 'lucide-react'
import type { Check } from '#shared/health.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Callout } from '../../ui/notice.tsx'
import styles from './welcome-page.module.css'

/** Says that git is missing or too old, before anybody tries to open a folder, and goes once it is there. */
export function GitNotice({ git }: { git: Check | undefined }) {
  if (git?.state !== 'missing') return null
  return (
    <div className={styles.git}>
      <Callout tone="bad" role="alert" icon={<CircleAlert />} title={texts.projects.gitNeeded}>
        {texts.projects.gitFound(git.found, git.fix ?? '')}
      </Callout>
    </div>
  )
}
