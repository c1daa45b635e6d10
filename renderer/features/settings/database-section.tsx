import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Database, FolderArchive } from 'lucide-react'
import type { DatabaseInfo } from '#shared/database.ts'
import type { Check } from '#shared/health.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BackupList } from './backup-list.tsx'
import styles from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'

/** How often size and connections are read while they are looked at, in milliseconds. */
const FACTS_MS = 5_000

function useDatabaseInfo() {
  return useQuery({
    queryKey: keys.database,
    queryFn: ({ signal }) => api.database.info.query(undefined, { signal }),
    refetchInterval: FACTS_MS,
  })
}

export function BackupsSection() {
  return <BackupList info={useDatabaseInfo().data} />
}

/** Which database is used, and how it is. */
export function DatabaseSection() {
  const info = useDatabaseInfo()
  return (
    <SettingsSection title={texts.settings.database} hint={texts.settings.boardsCards}>
      {info.isPending && (
        <div className={styles.loading} role="status" aria-label={texts.settings.readingAboutDatabase}>
          <Skeleton width="40%" />
          <Skeleton width="65%" />
        </div>
      )}
      {info.isError && !info.data && (
        <ErrorState
          title={texts.settings.databaseCouldNotRead}
          error={info.error}
          onRetry={() => void info.refetch()}
        />
      )}
      {info.data && <Facts info={info.data} />}
      <Problems />
    </SettingsSection>
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
            {info.kind === 'embedded' ? texts.settings.embeddedPostgresql : texts.settings.postgresql}{' '}
            {info.version}
            <Badge tone={pending === 0 ? 'good' : 'warn'}>
              {pending === 0 ? texts.settings.upDate : texts.settings.migrationApply(pending)}
            </Badge>
          </div>
          <div className={styles.rowHint}>
            {texts.settings.onSchemaNoneBoardCard(
              info.host,
              info.name,
              info.size,
              info.revision,
              info.boards,
              info.cards,
            )}
          </div>
          <div className={styles.rowHint}>
            {texts.settings.connectionAtWork(pool.total, pool.total - pool.idle)}
            {pool.waiting > 0 && texts.settings.callWaitingForOne(pool.waiting)}
          </div>
        </div>
      </div>
      {info.kept.map((folder) => (
        <div key={folder} className={styles.row}>
          <FolderArchive className={styles.icon} aria-hidden />
          <div className={styles.rowText}>
            <div className={styles.rowTitle}>{texts.settings.dataOlderPostgresql}</div>
            <div className={styles.rowHint}>{texts.settings.theyBroughtOver(info.version, folder)}</div>
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
      <CircleCheck className={`${styles.icon} ${styles.ok}`} aria-label={texts.settings.inOrder} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{texts.settings.ready}</div>
        <div className={styles.rowHint}>{texts.settings.serverSchemaDataFolder}</div>
      </div>
    </div>
  )
}

function Problem({ check }: { check: Check }) {
  return (
    <div className={styles.row}>
      <CircleX className={`${styles.icon} ${styles.missing}`} aria-label={texts.settings.notInOrder} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>{check.name}</div>
        <div className={styles.rowHint}>{check.found}</div>
        {check.fix && <div className={styles.fix}>{check.fix}</div>}
      </div>
    </div>
  )
}
