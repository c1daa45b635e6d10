import { Bot } from 'lucide-react'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './agents-page.module.css'
import { countOf } from './group-running.ts'
import { useRunning, useRunningLive } from './use-running.ts'

/** The way to all running agents, with how many there are. */
export function AgentsLink({ className, isCurrent }: { className: string | undefined; isCurrent: boolean }) {
  useRunningLive()
  const running = useRunning().data ?? []
  const waiting = countOf(running, 'waiting')
  const working = countOf(running, 'working')
  return (
    <a
      href={routeHash({ page: 'agents' })}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={texts.agents.link(working, waiting)}
    >
      <Bot />
      <span className={styles.linkText}>{texts.agents.title}</span>
      {working + waiting > 0 && (
        <span className={styles.count} data-waits={waiting > 0}>
          {working + waiting}
        </span>
      )}
    </a>
  )
}
