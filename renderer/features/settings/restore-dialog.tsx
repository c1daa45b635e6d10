import { useMutation } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import type { Backup, BackupWork, Restored } from '#shared/backup.ts'
import type { DatabaseInfo } from '#shared/database.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { formatMoment, formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import { BackupProgress, CancelWork } from './backup-progress.tsx'
import styles from './backups.module.css'

interface RestoreDialogProps {
  backup: Backup
  info: DatabaseInfo
  /** How far the restore is, once it has begun. */
  work: BackupWork | null
  onClose: () => void
}

/** Says what a restore replaces, does it, and offers the way back. */
export function RestoreDialog({ backup, info, work, onClose }: RestoreDialogProps) {
  const made = formatMoment(backup.created_at)
  const restore = useMutation({
    mutationFn: (stopAgents: boolean) =>
      api.backups.restore.mutate({ name: backup.name, stop_agents: stopAgents }),
    onSuccess: (restored) => {
      onClose()
      tellRestored(texts.backups.backupRestored(made), restored)
    },
  })
  // Asked for by the second press: nobody's work is stopped without a word.
  const hasAgents = restore.isError && errorFacts(restore.error).reason === 'AGENTS_AT_WORK'
  const isRefused = restore.isError && errorFacts(restore.error).reason !== 'CANCELLED'
  return (
    <Dialog
      role="alertdialog"
      title={texts.backups.restoreQuestion(made)}
      // While it is under way it is cancelled, not closed.
      onClose={() => !restore.isPending && onClose()}
      onSubmit={() => restore.mutate(hasAgents)}
      description={texts.backups.allBoardsCards}
      footer={
        <>
          {restore.isPending ? (
            <CancelWork work={work} />
          ) : (
            <Button variant="ghost" onClick={onClose}>
              {texts.backups.cancel}
            </Button>
          )}
          <Button type="submit" variant="danger" isBusy={restore.isPending}>
            {hasAgents ? texts.backups.stopAgentsAndRestore : texts.backups.restoreNow}
          </Button>
        </>
      }
    >
      <table className={styles.compare}>
        <thead>
          <tr>
            <td />
            <th scope="col">{texts.backups.now}</th>
            <th scope="col">{texts.backups.inBackup}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={texts.backups.boards} now={info.boards} then={backup.boards} />
          <Row name={texts.backups.cards} now={info.cards} then={backup.cards} />
        </tbody>
      </table>
      {isRefused && (
        <Callout tone="bad" icon={<CircleAlert />} title={texts.backups.backupNotRestored}>
          <span role="alert">{hasAgents ? texts.backups.agentsAtWork : errorText(restore.error)}</span>
        </Callout>
      )}
      {restore.isPending && work && (
        <div className={styles.dialogProgress}>
          <BackupProgress work={work} />
        </div>
      )}
    </Dialog>
  )
}

function Row({ name, now, then }: { name: string; now: number; then: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.figures}>{formatWhole(now)}</td>
      <td className={styles.figures}>{formatWhole(then)}</td>
    </tr>
  )
}

/** With the undo: the backup that was made before. Outlives the dialog, and the page. */
function tellRestored(title: string, { before }: Restored): void {
  showToast({
    tone: 'good',
    title,
    ...(before && {
      text: texts.backups.whatThereBeforeBackedUp,
      action: { label: texts.backups.undo, run: () => void undo(before) },
    }),
  })
}

async function undo(before: Backup): Promise<void> {
  try {
    await api.backups.restore.mutate({ name: before.name })
    showToast({ tone: 'good', title: texts.backups.restoreUndone, text: texts.backups.everythingAsBefore })
  } catch (error) {
    showToast({ tone: 'bad', title: texts.backups.restoreNotUndone, text: errorText(error) })
  }
}
