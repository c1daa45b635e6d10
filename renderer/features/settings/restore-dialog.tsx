import { useMutation } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import type { Backup, BackupWork, Restored } from '#shared/backup.ts'
import type { DatabaseInfo } from '#shared/database.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { formatMoment, formatWhole } from '../../lib/format.ts'
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
      tellRestored(`The backup of ${made} is restored`, restored)
    },
  })
  // Asked for by the second press: nobody's work is stopped without a word.
  const hasAgents = restore.isError && errorFacts(restore.error).reason === 'AGENTS_AT_WORK'
  const isRefused = restore.isError && errorFacts(restore.error).reason !== 'CANCELLED'
  return (
    <Dialog
      role="alertdialog"
      title={`Restore the backup of ${made}?`}
      // While it is under way it is cancelled, not closed.
      onClose={() => !restore.isPending && onClose()}
      onSubmit={() => restore.mutate(hasAgents)}
      description="All boards, cards and records of agents are replaced by those of the backup, in every window. What is there now is backed up first, so that you can come back to it. Repositories, branches, settings and attached files stay as they are."
      footer={
        <>
          {restore.isPending ? (
            <CancelWork work={work} />
          ) : (
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
          )}
          <Button type="submit" variant="danger" isBusy={restore.isPending}>
            {hasAgents ? 'Stop the agents and restore' : 'Restore'}
          </Button>
        </>
      }
    >
      <table className={styles.compare}>
        <thead>
          <tr>
            <td />
            <th scope="col">Now</th>
            <th scope="col">In the backup</th>
          </tr>
        </thead>
        <tbody>
          <Row name="Boards" now={info.boards} then={backup.boards} />
          <Row name="Cards" now={info.cards} then={backup.cards} />
        </tbody>
      </table>
      {isRefused && (
        <Callout tone="bad" icon={<CircleAlert />} title="The backup was not restored">
          <span role="alert">
            {hasAgents
              ? 'Agents are at work on this database. Their work so far is kept on its branches when they are stopped. Nothing was changed.'
              : errorText(restore.error)}
          </span>
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
      text: 'What was there before is backed up.',
      action: { label: 'Undo', run: () => void undo(before) },
    }),
  })
}

async function undo(before: Backup): Promise<void> {
  try {
    await api.backups.restore.mutate({ name: before.name })
    showToast({ tone: 'good', title: 'The restore is undone', text: 'Everything is as it was before it.' })
  } catch (error) {
    showToast({ tone: 'bad', title: 'The restore was not undone', text: errorText(error) })
  }
}
