import { lazy, Suspense } from 'react'
import type { ChangedFile, ChangeText } from '#shared/change-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { ChangedLines } from '../../ui/changed-lines.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './change-preview.module.css'
import { Folded } from './folded.tsx'

// The diff view and its grammars are heavy; most questions are about something else.
const Patch = lazy(async () => ({ default: (await import('../../ui/patch.tsx')).Patch }))

/** What is read at a glance: more is folded. */
const MOST_LINES = 16
const MOST_CHARACTERS = 2000

/** What an agent wants to write: each file's old lines against its new ones; a long change is folded. */
export function ChangePreview({ change: { files, missing } }: { change: ChangeText }) {
  const lines = files.reduce((sum, { hunks }) => sum + (hunks.match(/^[-+ ]/gm)?.length ?? 0), 0)
  return (
    <Folded
      label={texts.decisions.change}
      isLong={lines > MOST_LINES || files.some(({ hunks }) => hunks.length > MOST_CHARACTERS)}
      whole={texts.decisions.wholeChange(lines + missing)}
      fold={texts.decisions.foldChange}
      end={missing > 0 && <Callout tone="warn">{texts.decisions.changeIsLonger(missing)}</Callout>}
    >
      <div className={styles.files}>
        {files.map((file) => (
          <FileChange key={file.path} file={file} />
        ))}
      </div>
    </Folded>
  )
}

function FileChange({ file: { path, additions, deletions, hunks } }: { file: ChangedFile }) {
  // As git writes it, which is what the diff view reads; the name is shown by us.
  const patch = `diff --git a/file b/file\n--- a/file\n+++ b/file\n${hunks}`
  return (
    <>
      <p className={styles.head}>
        <ChangedLines path={path} additions={additions} deletions={deletions} />
      </p>
      <Suspense fallback={<Skeleton width="60%" />}>
        <Patch text={patch} path={path} view="unified" writing={null} onLine={null} />
      </Suspense>
    </>
  )
}
