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
import type { ToolKind } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { OutputViewer } from './output-viewer.tsx'
import { ToolDiff } from './tool-diff.tsx'
import type { ToolItem } from './transcript-item.ts'
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

interface ToolRowProps {
  id: ExecutionId
  item: ToolItem
  /** Null: nobody has chosen. */
  isOpen: boolean | null
  onToggle: (isOpen: boolean) => void
  /** The line of what it has printed that is to be seen. */
  focusLine: number | null
}

/** A tool that an agent used; what it changes or prints opens on a press. */
export function ToolRow({ id, item, isOpen: chosen, onToggle, focusLine }: ToolRowProps) {
  const isOpen = chosen ?? false
  const { printed, output, diff } = item
  const hasOutput = printed !== null || (output !== null && output.trim() !== '')
  const hasMore = hasOutput || diff !== null
  const isRunning = item.status === 'running'
  return (
    <div>
      <button
        type="button"
        className={styles.tool}
        disabled={!hasMore}
        aria-expanded={hasMore ? isOpen : undefined}
        onClick={() => onToggle(!isOpen)}
      >
        <ToolMark item={item} />
        <span className={styles.toolTitle}>{item.title || item.name}</span>
        {printed && <span className={styles.size}>{texts.checks.lines(printed.lines)}</span>}
        {item.status === 'failed' && <span className={styles.failed}>{texts.checks.failedWord}</span>}
        {item.status === 'denied' && <span className={styles.failed}>{texts.checks.denied}</span>}
        {hasMore && <ChevronRight className={styles.chevron} data-open={isOpen} />}
      </button>
      {isOpen && <ToolBody id={id} item={item} focusLine={focusLine} />}
      {!isOpen && isRunning && printed && <pre className={styles.tail}>{lastLines(printed.tail)}</pre>}
    </div>
  )
}

function ToolBody({ id, item, focusLine }: Pick<ToolRowProps, 'id' | 'item' | 'focusLine'>) {
  const { entry, diff, printed, output, status } = item
  const isRunning = status === 'running'
  return (
    <>
      {diff !== null && <ToolDiff diff={diff} />}
      {printed ? (
        <OutputViewer id={id} entry={entry} isRunning={isRunning} focusLine={focusLine} />
      ) : (
        output?.trim() && <pre className={styles.output}>{output}</pre>
      )}
    </>
  )
}

/** While it runs, its last words are in sight. */
function lastLines(tail: string): string {
  return tail.trimEnd().split('\n').slice(-6).join('\n')
}

function ToolMark({ item }: { item: ToolItem }) {
  if (item.status === 'running') return <Spinner label={texts.checks.running} />
  if (item.status === 'failed') return <CircleX className={styles.failed} />
  if (item.status === 'denied') return <Ban className={styles.failed} />
  const Icon = ICONS[item.toolKind]
  return <Icon />
}
