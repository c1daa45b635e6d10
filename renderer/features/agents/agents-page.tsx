import { Bot, Pause, Play } from 'lucide-react'
import type { RunningExecution } from '#shared/running.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useNow } from '../../lib/use-now.ts'
import { useQueue } from '../../lib/use-queue.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { PageFrame, PageTitle } from '../../ui/page-frame.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './agents-page.module.css'
import { countOf, groupRunning } from './group-running.ts'
import { RunningRow } from './running-row.tsx'
import { useRunning } from './use-running.ts'

/** All running agents of all boards: what waits for the person first, then what works, then the queue. */
export function AgentsPage() {
  const { data, error, refetch } = useRunning()
  return (
    <PageFrame label={texts.agents.title} width={860} gap={20}>
      <header className={styles.head}>
        <PageTitle>{texts.agents.title}</PageTitle>
        {data && data.length > 0 && (
          <>
            <p className={styles.summary} role="status">
              {texts.agents.summary(
                countOf(data, 'working') + countOf(data, 'waiting'),
                countOf(data, 'queued'),
              )}
            </p>
            <AllActions all={data} />
          </>
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
    </PageFrame>
  )
}

/** Everything at once. */
function AllActions({ all }: { all: readonly RunningExecution[] }) {
  const pause = useAction(() => api.executions.pauseAll.mutate(), {
    failed: texts.agents.notPaused,
    onSuccess: ({ count }) => showToast({ title: texts.agents.paused(count) }),
  })
  const resume = useAction(() => api.executions.resumeAll.mutate(), {
    failed: texts.agents.notResumed,
    onSuccess: ({ count }) => showToast({ title: texts.agents.resumed(count) }),
  })
  return (
    <div className={styles.allActions}>
      {countOf(all, 'working') + countOf(all, 'queued') > 0 && (
        <Button size="small" icon={<Pause />} isBusy={pause.isPending} onClick={() => pause.mutate()}>
          {texts.agents.pauseAll}
        </Button>
      )}
      {countOf(all, 'paused') > 0 && (
        <Button size="small" icon={<Play />} isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {texts.agents.resumeAll}
        </Button>
      )}
    </div>
  )
}

function Groups({ all }: { all: readonly RunningExecution[] }) {
  const now = useNow(1_000, all.length > 0)
  const queue = useQueue(
    all.some(({ execution: { status } }) => status === 'pending' || status === 'running'),
  ).data
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
            queued={
              queue?.find((one) => one.execution_id === run.execution.id) ??
              (group === 'queued' ? { place: index + 1, reason: texts.agents.next } : null)
            }
          />
        ))}
      </ul>
    </section>
  ))
}
