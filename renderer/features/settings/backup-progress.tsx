import type { ReactNode } from 'react'
import type { BackupWork } from '#shared/backup.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import styles from './backups.module.css'

/** How far a backup or a restore is. */
export function BackupProgress({ work, children }: { work: BackupWork; children?: ReactNode }) {
  const { done, total } = work
  return (
    <div className={styles.progress}>
      <div className={styles.progressText}>
        <div role="status">{sentenceOf(work)}</div>
        <progress aria-label={sentenceOf(work)} {...(total > 0 ? { value: done, max: total } : {})} />
      </div>
      {children}
    </div>
  )
}

/** Ends the backup or restore that is under way, for as long as that can be. */
export function CancelWork({ work, size }: { work: BackupWork | null; size?: 'small' }) {
  const cancel = useAction(() => api.backups.cancel.mutate(), { failed: texts.backups.notCancelled })
  return (
    <Button
      {...(size ? { size } : { variant: 'ghost' })}
      disabled={!work?.can_cancel}
      isBusy={cancel.isPending}
      onClick={() => cancel.mutate()}
    >
      {texts.backups.cancel}
    </Button>
  )
}

const STEPS: Record<BackupWork['stage'], Record<BackupWork['step'], string>> = {
  backup: {
    copy: texts.backups.backingUpCopying,
    load: texts.backups.checkingBackupRestoringOnTrial,
    verify: texts.backups.checkingBackupComparing,
    swap: texts.backups.checkingBackup,
  },
  restore: {
    copy: texts.backups.restoring,
    load: texts.backups.restoringLoading,
    verify: texts.backups.restoringComparing,
    swap: texts.backups.restoringChangingPlaces,
  },
}

function sentenceOf({ task, stage, step }: BackupWork): string {
  const first = task === 'restore' && stage === 'backup' ? texts.backups.firstBackupWhatThere : ''
  return `${first}${STEPS[stage][step]}…`
}
