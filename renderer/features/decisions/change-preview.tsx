import clsx from 'clsx'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ChangedFile, ChangeText } from '#shared/change-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './change-preview.module.css'

// The diff view and its grammars are heavy; most questions are about something else.
const Patch = lazy(async () => ({ default: (await import('../../ui/patch.tsx')).Patch }))

/** What is read at a glance: more is folded. */
const MOST_LINES = 16
const MOST_CHARACTERS = 2000

/** What an agent wants to write: each file's old lines against its new ones; a long change is folded. */
export function ChangePreview({ change: { files, missing } }: { change: ChangeText }) {
  const [isOpen, setOpen] = useState(false)
  const lines = files.reduce((sum, { hunks }) => sum + (hunks.match(/^[-+ ]/gm)?.length ?? 0), 0)
  const isLong = lines > MOST_LINES || files.some(({ hunks }) => hunks.length > MOST_CHARACTERS)
  return (
    <section className={styles.change} aria-label={texts.decisions.change}>
      <div className={clsx(styles.files, isLong && !isOpen && styles.folded)}>
        {files.map((file) => (
          <FileChange key={file.path} file={file} />
        ))}
      </div>
      {missing > 0 && (isOpen || !isLong) && (
        <Callout tone="warn">{texts.decisions.changeIsLonger(missing)}</Callout>
      )}
      {isLong && (
        <Button
          size="small"
          variant="ghost"
          icon={isOpen ? <ChevronUp /> : <ChevronDown />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? texts.decisions.foldChange : texts.decisions.wholeChange(lines + missing)}
        </Button>
      )}
    </section>
  )
}

function FileChange({ file: { path, additions, deletions, hunks } }: { file: ChangedFile }) {
  // As git writes it, which is what the diff view reads; the name is shown by us.
  const patch = `diff --git a/file b/file\n--- a/file\n+++ b/file\n${hunks}`
  return (
    <>
      <p className={styles.head}>
        <span className={styles.path}>{path}</span>
        <span className={styles.added}>+{additions}</span>
        <span className={styles.removed}>−{deletions}</span>
      </p>
      <Suspense fallback={<Skeleton width="60%" />}>
        <Patch text={patch} path={path} view="unified" writing={null} onLine={null} />
      </Suspense>
    </>
  )
}
