import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './import-board-dialog.module.css'

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** A file that is being read. */
export function ReadingFile({ path }: { path: string }) {
  return (
    <p className={styles.file} role="status">
      <Spinner />
      <span className={styles.name}>{texts.importBoard.reading(fileName(path))}</span>
    </p>
  )
}

/** Why a file, or what is in it, was not taken. */
export function RefusedFile({ title, error }: { title: string; error: unknown }) {
  return (
    <div role="alert">
      <Callout tone="bad" icon={<CircleAlert />} title={title}>
        {errorText(error)}
      </Callout>
    </div>
  )
}

interface FoundFileProps {
  icon: ReactNode
  /** What is in it, in a word and in a sentence. */
  name: string
  facts: string
  path: string
}

/** A file that can be imported. */
export function FoundFile({ icon, name, facts, path }: FoundFileProps) {
  return (
    <div className={styles.file}>
      {icon}
      <div className={styles.facts}>
        <strong className={styles.name}>{name}</strong>
        <span>{facts}</span>
        <span className={styles.path} title={path}>
          {fileName(path)}
        </span>
      </div>
      <CircleCheck className={styles.ok} />
    </div>
  )
}
