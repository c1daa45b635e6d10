import { useQuery } from '@tanstack/react-query'
import { DatabaseBackup, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { Backup, BackupKind } from '#shared/backup.ts'
import type { DatabaseInfo } from '#shared/database.ts'
import { formatBytes, formatMoment } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { BackupProgress, CancelWork } from './backup-progress.tsx'
import styles from './backups.module.css'
import { RestoreDialog } from './restore-dialog.tsx'
import page from './settings-page.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useBackupWork } from './use-backup-work.ts'

/** So many are shown until all are asked for. */
const FEW = 5

/** The backups: made now, looked at, restored. */
export function BackupList({ info }: { info: DatabaseInfo | undefined }) {
  const work = useBackupWork()
  const [restoring, setRestoring] = useState<Backup | null>(null)
  const openFolder = useAction(() => api.backups.openFolder.mutate(), {
    failed: texts.backups.folderNotOpened,
  })
  const create = useAction(() => api.backups.create.mutate(), {
    failed: texts.backups.thereNoNewBackup,
    onSuccess: (made) => {
      showToast({
        tone: 'good',
        title: texts.backups.backedUp,
        text: texts.backups.checkedByRestoringOnTrial(holds(made)),
      })
    },
  })
  return (
    <SettingsSection
      title={texts.backups.backups}
      hint={info?.kind === 'server' ? texts.backups.onSharedServerBackups : texts.backups.madeEveryDay}
      action={
        <div className={styles.actions}>
          <Button size="small" variant="ghost" icon={<FolderOpen />} onClick={() => openFolder.mutate()}>
            {texts.backups.openFolder}
          </Button>
          <Button
            size="small"
            icon={<DatabaseBackup />}
            isBusy={create.isPending || work?.task === 'backup'}
            disabled={work !== null}
            onClick={() => create.mutate()}
          >
            {texts.backups.backUpNow}
          </Button>
        </div>
      }
    >
      <p className={styles.empty}>{texts.backups.attachedFiles}</p>
      {work && restoring === null && (
        <BackupProgress work={work}>
          <CancelWork work={work} size="small" />
        </BackupProgress>
      )}
      <Backups canRestore={info?.kind === 'embedded' && work === null} onRestore={setRestoring} />
      {info?.kind === 'server' && (
        <p className={styles.empty}>
          {texts.backups.backupSharedServerRestored} <code>{texts.backups.npmRunDbRestore}</code>
        </p>
      )}
      {restoring && info && (
        <RestoreDialog backup={restoring} info={info} work={work} onClose={() => setRestoring(null)} />
      )}
    </SettingsSection>
  )
}

function Backups({ canRestore, onRestore }: { canRestore: boolean; onRestore: (backup: Backup) => void }) {
  const backups = useQuery({
    queryKey: keys.backups,
    queryFn: ({ signal }) => api.backups.list.query(undefined, { signal }),
  })
  const [isWhole, setWhole] = useState(false)
  if (backups.isPending) {
    return (
      <div className={page.loading} role="status" aria-label={texts.backups.readingBackups}>
        <Skeleton width="50%" />
        <Skeleton width="50%" />
      </div>
    )
  }
  if (backups.isError) {
    const retry = () => void backups.refetch()
    return <ErrorState title={texts.backups.backupsCouldNotRead} error={backups.error} onRetry={retry} />
  }
  if (backups.data.length === 0) return <p className={styles.empty}>{texts.backups.thereNoBackupYet}</p>
  const shown = isWhole ? backups.data : backups.data.slice(0, FEW)
  const hidden = backups.data.length - shown.length
  return (
    <>
      <ul className={styles.list} aria-label={texts.backups.backups}>
        {shown.map((backup) => (
          <BackupRow key={backup.name} backup={backup} canRestore={canRestore} onRestore={onRestore} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className={styles.more}>
          <Button size="small" variant="ghost" onClick={() => setWhole(true)}>
            {texts.backups.showMore(hidden)}
          </Button>
        </div>
      )}
    </>
  )
}

interface BackupRowProps {
  backup: Backup
  canRestore: boolean
  onRestore: (backup: Backup) => void
}

function BackupRow({ backup, canRestore, onRestore }: BackupRowProps) {
  const made = formatMoment(backup.created_at)
  return (
    <li className={styles.backup}>
      <div className={page.rowText}>
        <div className={page.rowTitle}>
          <time className={styles.figures} dateTime={backup.created_at.toISOString()} title={backup.name}>
            {made}
          </time>
          <Badge>{KINDS[backup.kind]}</Badge>
          {backup.problem === null ? (
            <Badge tone="good">{texts.backups.verified}</Badge>
          ) : (
            <Badge tone="bad">{texts.backups.unusable}</Badge>
          )}
        </div>
        <div className={page.rowHint}>
          {formatBytes(backup.size)}
          {backup.problem === null && texts.backups.version(holds(backup), backup.app_version)}
        </div>
        {backup.problem !== null && <div className={page.fix}>{backup.problem}</div>}
      </div>
      {backup.problem === null && (
        <Button
          size="small"
          disabled={!canRestore}
          aria-label={texts.backups.restoreBackup(made)}
          onClick={() => onRestore(backup)}
        >
          {texts.backups.restore}
        </Button>
      )}
    </li>
  )
}

const KINDS: Readonly<Record<BackupKind, string>> = {
  manual: texts.backups.byHand,
  daily: texts.backups.daily,
  migration: texts.backups.beforeUpdate,
  restore: texts.backups.beforeRestore,
  upgrade: texts.backups.beforeNewerPostgresql,
}

function holds({ boards, cards }: Pick<Backup, 'boards' | 'cards'>): string {
  return texts.backups.boardCard(boards, cards)
}
