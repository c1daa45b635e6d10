import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FileChange } from '#shared/diff.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { ChangedLines } from '../../ui/changed-lines.tsx'
import styles from './file-diff.module.css'

const KIND = {
  added: { label: texts.changes.added, tone: 'good' },
  modified: { label: texts.changes.modified, tone: 'mute' },
  deleted: { label: texts.changes.deleted, tone: 'bad' },
  renamed: { label: texts.changes.renamed, tone: 'run' },
} as const

interface FileHeadProps {
  file: FileChange
  isOpen: boolean
  onToggle: () => void
  /** What else can be done with the file. */
  children?: ReactNode
}

/** The name of a changed file, what became of it, and how many lines; opens and closes its patch. */
export function FileHead({ file, isOpen, onToggle, children }: FileHeadProps) {
  const kind = KIND[file.kind]
  const names = (
    <>
      {file.old_path && <span className={styles.old}>{file.old_path} → </span>}
      {file.path}
    </>
  )
  return (
    <h4 className={styles.head}>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
        <ChevronRight className={styles.chevron} data-open={isOpen} />
        <ChangedLines path={names} additions={file.additions} deletions={file.deletions}>
          {file.kind !== 'modified' && <Badge tone={kind.tone}>{kind.label}</Badge>}
        </ChangedLines>
      </button>
      {children}
    </h4>
  )
}
