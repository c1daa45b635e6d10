import {
  Ban,
  ChevronRight,
  CircleX,
  FilePen,
  FileText,
  FolderInput,
  Globe,
  Lightbulb,
  type LucideIcon,
  Search,
  Terminal,
  Trash2,
  Wrench,
} from 'lucide-react'
import { useState } from 'react'
import type { ToolKind } from '#shared/execution-event.ts'
import { Spinner } from '../../ui/spinner.tsx'
import type { TranscriptItem } from './fold-transcript.ts'
import styles from './transcript-row.module.css'

const ICONS: Readonly<Record<ToolKind, LucideIcon>> = {
  read: FileText,
  edit: FilePen,
  delete: Trash2,
  move: FolderInput,
  search: Search,
  execute: Terminal,
  fetch: Globe,
  think: Lightbulb,
  other: Wrench,
}

/** A tool that an agent used; its output opens on a press. */
export function ToolRow({ item }: { item: Extract<TranscriptItem, { kind: 'tool' }> }) {
  const [isOpen, setOpen] = useState(false)
  const hasOutput = item.output !== null && item.output.trim() !== ''
  return (
    <div>
      <button
        type="button"
        className={styles.tool}
        disabled={!hasOutput}
        aria-expanded={hasOutput ? isOpen : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <ToolMark item={item} />
        <span className={styles.toolTitle}>{item.title || item.name}</span>
        {item.status === 'failed' && <span className={styles.failed}>failed</span>}
        {item.status === 'denied' && <span className={styles.failed}>denied</span>}
        {hasOutput && <ChevronRight className={styles.chevron} data-open={isOpen} />}
      </button>
      {isOpen && hasOutput && <pre className={styles.output}>{item.output}</pre>}
    </div>
  )
}

function ToolMark({ item }: { item: Extract<TranscriptItem, { kind: 'tool' }> }) {
  if (item.status === 'running') return <Spinner label="Running" />
  if (item.status === 'failed') return <CircleX className={styles.failed} />
  if (item.status === 'denied') return <Ban className={styles.failed} />
  const Icon = ICONS[item.toolKind]
  return <Icon />
}
