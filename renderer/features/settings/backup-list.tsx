import { useQuery, useQueryClient } from '@tanstack/react-query'
import { DatabaseBackup, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { Backup, BackupKind } from '#shared/backup.ts'
import type { DatabaseInfo } from '#shared/database.ts'
import { formatBytes, formatMoment, plural } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
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
  const cache = useQueryClient()
  const work = useBackupWork()
  const [restoring, setRestoring] = useState<Backup | null>(null)
  const openFolder = useAction(() => api.backups.openFolder.mutate(), {
    failed: 'The folder was not opened',
  })
  const create = useAction(() => api.backups.create.mutate(), {
    failed: 'There is no new backup',
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: keys.backups })
      showToast({
        tone: 'good',
        title: 'Backed up',
        text: `${holds(made)}, checked by restoring it on trial.`,
      })
    },
  })
  return (
    <SettingsSection
      title="Backups"
      hint={
        info?.kind === 'server'
          ? 'On a shared server, backups are made when you ask for one; its keepers make the regular ones.'
          : 'Made every day, and before an update or a restore replaces something. A backup counts only when it came back whole on trial.'
      }
      action={
        <div className={styles.actions}>
          <Button size="small" variant="ghost" icon={<FolderOpen />} onClick={() => openFolder.mutate()}>
            Open folder
          </Button>
          <Button
            size="small"
            icon={<DatabaseBackup />}
            isBusy={create.isPending}
            disabled={work !== null}
            onClick={() => create.mutate()}
          >
            Back up now
          </Button>
        </div>
      }
    >
      <p className={styles.empty}>
        Attached files are not in a backup. They stay in the folder “attachments” of the data folder: bring it
        along to another machine.
      </p>
      {work && restoring === null && (
        <BackupProgress work={work}>
          <CancelWork work={work} size="small" />
        </BackupProgress>
      )}
      <Backups canRestore={info?.kind === 'embedded' && work === null} onRestore={setRestoring} />
      {info?.kind === 'server' && (
        <p className={styles.empty}>
          A backup of a shared server is restored from the terminal, since it replaces everybody’s boards:{' '}
          <code>npm run db -- restore FILE --force</code>
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
      <div className={page.loading} role="status" aria-label="Reading the backups">
        <Skeleton width="50%" />
        <Skeleton width="50%" />
      </div>
    )
  }
  if (backups.isError) {
    const retry = () => void backups.refetch()
    return <ErrorState title="The backups could not be read" error={backups.error} onRetry={retry} />
  }
  if (backups.data.length === 0) return <p className={styles.empty}>There is no backup yet.</p>
  const shown = isWhole ? backups.data : backups.data.slice(0, FEW)
  const hidden = backups.data.length - shown.length
  return (
    <>
      <ul className={styles.list} aria-label="Backups">
        {shown.map((backup) => (
          <BackupRow key={backup.name} backup={backup} canRestore={canRestore} onRestore={onRestore} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className={styles.more}>
          <Button size="small" variant="ghost" onClick={() => setWhole(true)}>
            Show {hidden} more
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
          {backup.problem === null ? <Badge tone="good">Verified</Badge> : <Badge tone="bad">Unusable</Badge>}
        </div>
        <div className={page.rowHint}>
          {formatBytes(backup.size)}
          {backup.problem === null && ` · ${holds(backup)} · version ${backup.app_version}`}
        </div>
        {backup.problem !== null && <div className={page.fix}>{backup.problem}</div>}
      </div>
      {backup.problem === null && (
        <Button
          size="small"
          disabled={!canRestore}
          aria-label={`Restore the backup of ${made}…`}
          onClick={() => onRestore(backup)}
        >
          Restore…
        </Button>
      )}
    </li>
  )
}

const KINDS: Readonly<Record<BackupKind, string>> = {
  manual: 'By hand',
  daily: 'Daily',
  migration: 'Before an update',
  restore: 'Before a restore',
  upgrade: 'Before a newer PostgreSQL',
}

function holds({ boards, cards }: Pick<Backup, 'boards' | 'cards'>): string {
  return `${plural(boards, 'board')}, ${plural(cards, 'card')}`
}
