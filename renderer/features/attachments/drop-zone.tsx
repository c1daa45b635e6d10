import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from 'react'
import type { Attachment } from '#shared/attachment.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './attachments.module.css'
import { markdownOf } from './markdown-of.ts'
import { useAttachmentActions } from './use-attachment-actions.ts'

interface DropZoneProps {
  boardId: BoardId
  taskId: TaskId
  cardKey: string
  children: ReactNode
}

/** Files that are dropped or pasted here go to the card; a picture that is pasted into a text stands in it then. */
export function DropZone({ boardId, taskId, cardKey, children }: DropZoneProps) {
  const { attach } = useAttachmentActions(boardId, taskId, cardKey)
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void attach([...event.dataTransfer.files])
  }
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    // What was copied in a table or a text brings a picture of itself along.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    const area = event.target instanceof HTMLTextAreaElement ? event.target : null
    void attach(files, (file) => area && insert(area, file))
  }
  return (
    <section
      className={styles.zone}
      aria-label={texts.attachments.card}
      data-over={isOver}
      onDragOver={over}
      onDragLeave={(event) =>
        !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)
      }
      onDrop={drop}
      onPaste={paste}
    >
      {children}
      {isOver && (
        <div className={styles.over} aria-hidden="true">
          {texts.attachments.dropAttach(cardKey)}
        </div>
      )}
    </section>
  )
}

function insert(area: HTMLTextAreaElement, file: Attachment): void {
  if (!area.isConnected || !file.media_type.startsWith('image/')) return
  area.setRangeText(markdownOf(file), area.selectionStart, area.selectionEnd, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}
