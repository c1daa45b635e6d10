import { Copy, Download, ExternalLink, File as FileIcon, MoreHorizontal, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Attachment, LARGEST_PREVIEW } from '#shared/attachment.ts'
import { copyText } from '../../lib/copy-text.ts'
import { formatAgo, formatBytes, formatMoment } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { AttachedImage } from './attached-image.tsx'
import styles from './attachments.module.css'
import { markdownOf } from './markdown-of.ts'
import type { AttachmentActions } from './use-attachment-actions.ts'

interface AttachmentRowProps {
  file: Attachment
  now: number
  actions: AttachmentActions
}

/** A file of a card: a picture is looked at here, all else is opened by the system. */
export function AttachmentRow({ file, now, actions }: AttachmentRowProps) {
  const [isLarge, setLarge] = useState(false)
  const isPicture = file.media_type.startsWith('image/') && file.size <= LARGEST_PREVIEW
  return (
    <li className={styles.file}>
      <button
        type="button"
        className={styles.main}
        onClick={() => (isPicture ? setLarge(true) : actions.open(file))}
      >
        <span className={styles.preview}>
          {isPicture ? <AttachedImage id={file.id} alt="" isQuiet /> : <FileIcon aria-hidden="true" />}
        </span>
        <span className={styles.facts}>
          <bdi className={styles.name}>{file.name}</bdi>
          <span className={styles.about} title={formatMoment(file.created_at)}>
            {formatBytes(file.size)} · {file.author_name}, {formatAgo(file.created_at, now)}
          </span>
        </span>
      </button>
      <Menu
        align="end"
        entries={[
          { label: texts.attachments.open, icon: <ExternalLink />, onSelect: () => actions.open(file) },
          { label: texts.attachments.save, icon: <Download />, onSelect: () => actions.save(file) },
          ...(isPicture
            ? [
                {
                  label: texts.attachments.copyAsMarkdown,
                  hint: texts.attachments.showsPictureInDescription,
                  icon: <Copy />,
                  onSelect: () => copyText(markdownOf(file), texts.attachments.markdownCopied),
                },
              ]
            : []),
          { kind: 'separator' },
          {
            label: texts.attachments.delete,
            icon: <Trash2 />,
            isDangerous: true,
            onSelect: () => actions.remove(file),
          },
        ]}
      >
        <IconButton label={texts.attachments.options(file.name)} size="small" hasTooltip={false}>
          <MoreHorizontal />
        </IconButton>
      </Menu>
      {isLarge && (
        <Dialog
          title={file.name}
          width="wide"
          onClose={() => setLarge(false)}
          footer={
            <>
              <Button icon={<Download />} onClick={() => actions.save(file)}>
                {texts.attachments.save}
              </Button>
              <Button icon={<ExternalLink />} onClick={() => actions.open(file)}>
                {texts.attachments.open}
              </Button>
            </>
          }
        >
          <div className={styles.large}>
            <AttachedImage id={file.id} alt={file.name} />
          </div>
        </Dialog>
      )}
    </li>
  )
}
