import { Paperclip, Plus, X } from 'lucide-react'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import section from '../../ui/card-section.module.css'
import { ErrorState } from '../../ui/notice.tsx'
import { AttachmentRow } from './attachment-row.tsx'
import styles from './attachments.module.css'
import { cancelUpload, type Upload, useUploads } from './uploads.ts'
import { useAttachmentActions } from './use-attachment-actions.ts'
import { useAttachments } from './use-attachments.ts'

interface AttachmentsSectionProps {
  boardId: BoardId
  taskId: TaskId
  cardKey: string
}

/** The files of a card, and those that are on their way to it. */
export function AttachmentsSection({ boardId, taskId, cardKey }: AttachmentsSectionProps) {
  const { data, error, refetch } = useAttachments(boardId, taskId)
  const actions = useAttachmentActions(boardId, taskId, cardKey)
  const uploads = useUploads(taskId)
  const now = useNow(60_000, true)
  useOffers({ 'card.attach': { run: actions.choose } })
  if (error && !data) {
    return (
      <ErrorState title={texts.attachments.filesCouldNotRead} error={error} onRetry={() => void refetch()} />
    )
  }
  const files = data ?? []
  if (files.length === 0 && uploads.length === 0) {
    return (
      <div className={section.none}>
        <Button
          size="small"
          variant="ghost"
          icon={<Paperclip />}
          isBusy={actions.isChoosing}
          title={texts.attachments.orDropHereOrPaste}
          onClick={actions.choose}
        >
          {texts.attachments.attachFile}
        </Button>
      </div>
    )
  }
  return (
    <section className={section.section} aria-label={texts.attachments.attachments}>
      <div className={section.head}>
        <h3 className={section.title}>{texts.attachments.attachments}</h3>
        <IconButton label={texts.attachments.attachFile} size="small" onClick={actions.choose}>
          <Plus />
        </IconButton>
      </div>
      <ul className={styles.list}>
        {files.map((file) => (
          <AttachmentRow key={file.id} file={file} now={now} actions={actions} />
        ))}
        {uploads.map((one) => (
          <UploadRow key={one.id} upload={one} />
        ))}
      </ul>
    </section>
  )
}

function UploadRow({ upload: { id, name, size, read, failed } }: { upload: Upload }) {
  const isRead = read >= size
  return (
    <li className={styles.file}>
      <span className={styles.facts}>
        <bdi className={styles.name}>{name}</bdi>
        {failed ? (
          <span className={styles.failed} role="alert">
            {failed}
          </span>
        ) : (
          <span className={styles.about}>
            {isRead ? texts.attachments.saving : texts.attachments.of(read, size)}
            <progress
              aria-label={texts.attachments.attached(name)}
              max={size || 1}
              value={isRead ? undefined : read}
            />
          </span>
        )}
      </span>
      <IconButton
        label={failed ? texts.attachments.dismiss(name) : texts.attachments.cancel(name)}
        size="small"
        hasTooltip={false}
        onClick={() => cancelUpload(id)}
      >
        <X />
      </IconButton>
    </li>
  )
}
