import { Bot } from 'lucide-react'
import type { RunningExecution } from '#shared/running.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './agents-page.module.css'
import { countOf, groupRunning } from './group-running.ts'
import { RunningRow } from './running-row.tsx'
import { useRunning } from './use-running.ts'

/** All running agents of all boards: what waits for the person first, then what works, then the queue. */
export function AgentsPage() {
  const { data, error, refetch } = useRunning()
  return (
    <main className={styles.page} aria-label={texts.agents.title}>
      <div className={styles.content}>
        <header className={styles.head}>
          <h1 className={styles.title}>{texts.agents.title}</h1>
          {data && data.length > 0 && (
            <p className={styles.summary} role="status">
              {texts.agents.summary(
                countOf(data, 'working') + countOf(data, 'waiting'),
                countOf(data, 'queued'),
              )}
            </p>
          )}
        </header>
        {data ? (
          <Groups all={data} />
        ) : error ? (
          <ErrorState title={texts.agents.notRead} error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={styles.loading} role="status" aria-label={texts.agents.loading}>
            <Skeleton height="64px" />
            <Skeleton height="64px" />
          </div>
        )}
      </div>
    </main>
  )
}

function Groups({ all }: { all: readonly RunningExecution[] }) {
  const now = useNow(1_000, all.length > 0)
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<Bot />}
        title={texts.agents.emptyTitle}
        actions={<Button onClick={() => navigate({ page: 'boards' })}>{texts.agents.toBoards}</Button>}
      >
        {texts.agents.emptyText}
      </EmptyState>
    )
  }
  return groupRunning(all).map(({ group, runs }) => (
    <section key={group} className={styles.group} aria-label={texts.agents.groups[group]}>
      <h2 className={styles.groupTitle}>{texts.agents.groups[group]}</h2>
      <ul className={styles.list}>
        {runs.map((run, index) => (
          <RunningRow
            key={run.execution.id}
            run={run}
            now={now}
            place={group === 'queued' ? index + 1 : null}
          />
        ))}
      </ul>
    </section>
  ))
}
