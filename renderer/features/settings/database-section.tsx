import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Database, FolderArchive } from 'lucide-react'
import type { DatabaseInfo } from '#shared/database.ts'
import type { Check } from '#shared/health.ts'
import { formatBytes, plural } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BackupList } from './backup-list.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** How often size and connections are read while they are looked at, in milliseconds. */
const FACTS_MS = 5_000

/** Which database is used, how it is, and its backups. */
export function DatabaseSection() {
  const info = useQuery({
    queryKey: keys.database,
    queryFn: ({ signal }) => api.database.info.query(undefined, { signal }),
    refetchInterval: FACTS_MS,
  })
  return (
    <>
      <SettingsSection title="Database" hint="Boards, cards and what agents did are kept here.">
        {info.isPending && (
          <div className={styles.loading} role="status" aria-label="Reading about the database">
            <Skeleton width="40%" />
            <Skeleton width="65%" />
          </div>
        )}
        {info.isError && !info.data && (
          <ErrorState
            title="The database could not be read"
            error={info.error}
            onRetry={() => void info.refetch()}
          />
        )}
        {info.data && <Facts info={info.data} />}
        <Problems />
      </SettingsSection>
      <BackupList info={info.data} />
    </>
  )
}

function Facts({ info }: { info: DatabaseInfo }) {
  const { pool, pending } = info
  return (
    <>
      <div className={styles.row}>
        <Database className={styles.icon} aria-hidden />
        <div className={styles.rowText}>
          <div className={styles.rowTitle}>
            {info.kind === 'embedded' ? 'Embedded PostgreSQL' : 'PostgreSQL'} {info.version}
            <Badge tone={pending === 0 ? 'good' : 'warn'}>
              {pending === 0 ? 'Up to date' : `${plural(pending, 'migration')} to apply`}
            </Badge>
          </div>
          <div className={styles.rowHint}>
            {info.host === null ? info.name : `${info.name} on ${info.host}`} · {formatBytes(info.size)} ·{' '}
            schema {info.revision ?? 'none'} · {plural(info.boards, 'board')}, {plural(info.cards, 'card')}
          </div>
          <div className={styles.rowHint}>
            {plural(pool.total, 'connection')}, {pool.total - pool.idle} at work
            {pool.waiting > 0 && `, ${plural(pool.waiting, 'call')} waiting for one`}
          </div>
        </div>
      </div>
      {info.kept.map((folder) => (
        <div key={folder} className={styles.row}>
          <FolderArchive className={styles.icon} aria-hidden />
          <div className={styles.rowText}>
            <div className={styles.rowTitle}>Data of an older PostgreSQL</div>
            <div className={styles.rowHint}>
              They were brought over to {info.version}, and are kept as they were in {folder}. Remove that
              folder when you are content.
            </div>
          </div>
        </div>
      ))}
    </>
  )
}

/** What stands in the way of work, each with its fix; one line when nothing does. */
function Problems() {
  const ready = useQuery({
    queryKey: keys.ready,
    queryFn: ({ signal }) => api.system.ready.query(undefined, { signal }),
    staleTime: 30_000,
  })
  if (!ready.data) return null
  const problems = ready.data.checks.filter(({ state }) => state === 'missing')
  if (problems.length > 0) return problems.map((check) => <Problem key={check.name} check={check} />)
  return (
    <div className={styles.row}>
      <CircleCheck className={`${styles.icon} ${styles.ok}`} aria-label="In order" />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>Ready</div>
        <div className={styles.rowHint}>Server, schema, data folder and git are in order.</div>
      </div>
    </div>
  )
}

function Problem({ check }: { check: Check }) {
  return (
    <div className={styles.row}>
      <CircleX className={`${styles.icon} ${styles.missing}`} aria-label="Not in order" />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{check.name}</div>
        <div className={styles.rowHint}>{check.found}</div>
        {check.fix && <div className={styles.fix}>{check.fix}</div>}
      </div>
    </div>
  )
}
