import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, RotateCw, TriangleAlert } from 'lucide-react'
import type { Check } from '#shared/health.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** How often the health of the app is read while it is looked at, in milliseconds. */
const HEALTH_MS = 5_000

/** What is installed, what is missing and how to mend it; and how the app itself is. */
export function SystemSection() {
  const checks = useQuery({
    queryKey: keys.checks,
    queryFn: ({ signal }) => api.system.checks.query(undefined, { signal }),
    staleTime: 60_000,
  })
  return (
    <SettingsSection
      title={texts.settings.system}
      action={
        <Button
          size="small"
          variant="ghost"
          icon={<RotateCw />}
          isBusy={checks.isFetching}
          onClick={() => void checks.refetch()}
        >
          {texts.settings.checkAgain}
        </Button>
      }
    >
      <HealthRow />
      {checks.isPending && (
        <div className={styles.loading} role="status" aria-label={texts.settings.checkingSystem}>
          <Skeleton width="45%" />
          <Skeleton width="60%" />
          <Skeleton width="50%" />
        </div>
      )}
      {checks.isError && <ErrorState title={texts.settings.systemCouldNotChecked} error={checks.error} />}
      {checks.data?.map((check) => (
        <CheckRow key={check.name} check={check} />
      ))}
    </SettingsSection>
  )
}

function CheckRow({ check }: { check: Check }) {
  return (
    <div className={styles.row}>
      <CheckIcon state={check.state} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{check.name}</div>
        <div className={styles.rowHint}>{check.found}</div>
        {check.fix && <div className={styles.fix}>{check.fix}</div>}
      </div>
    </div>
  )
}

function CheckIcon({ state }: { state: Check['state'] }) {
  if (state === 'ok')
    return <CircleCheck className={`${styles.icon} ${styles.ok}`} aria-label={texts.settings.inOrder} />
  if (state === 'warning')
    return (
      <TriangleAlert className={`${styles.icon} ${styles.warning}`} aria-label={texts.settings.warning} />
    )
  return <CircleX className={`${styles.icon} ${styles.missing}`} aria-label={texts.settings.missing} />
}

function HealthRow() {
  const health = useQuery({
    queryKey: keys.health,
    queryFn: () => api.system.health.query(),
    refetchInterval: HEALTH_MS,
  })
  if (!health.data) return null
  const { ok, database, uptime } = health.data
  return (
    <div className={styles.row}>
      <CheckIcon state={ok ? 'ok' : 'missing'} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{texts.settings.health}</div>
        <div className={styles.rowHint}>{texts.settings.healthyNotHealthy(ok, database, uptime)}</div>
      </div>
    </div>
  )
}
