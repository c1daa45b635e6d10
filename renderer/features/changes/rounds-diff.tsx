import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import type { FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { RoundComparison } from '#shared/round.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'
import { Callout } from '../../ui/notice.tsx'
import tab from './changes-tab.module.css'
import file from './file-diff.module.css'
import { FileHead } from './file-head.tsx'
import { PatchView } from './patch-view.tsx'
import styles from './rounds-compare.module.css'
import { useRoundPatch } from './use-rounds.ts'

/** Files that are open at first. */
const OPEN_FILES = 12

interface RoundsDiffProps {
  executionId: ExecutionId
  comparison: RoundComparison
}

/** What is different between the ends of two rounds, file by file. */
export function RoundsDiff({ executionId, comparison }: RoundsDiffProps) {
  const { preferences } = usePreferences()
  const { diff, no_diff: reason } = comparison
  const [from, to] = [comparison.from.iteration, comparison.to.iteration]
  if (!diff) {
    return (
      <Callout tone="warn" icon={<GitCompareArrows />} title={texts.rounds.noDiff}>
        {reason}
      </Callout>
    )
  }
  return (
    <section className={styles.diff} aria-label={texts.rounds.between(from, to)}>
      <p className={styles.between}>
        {diff.files.length === 0 ? texts.rounds.same(from, to) : texts.rounds.between(from, to)}
        {diff.files.length > 0 && (
          <>
            <span className={tab.added}>+{diff.additions}</span>
            <span className={tab.removed}>−{diff.deletions}</span>
          </>
        )}
      </p>
      {diff.files.map((change, index) => (
        <RoundFile
          key={`${from}:${to}:${change.path}`}
          executionId={executionId}
          rounds={{ from, to }}
          change={change}
          view={preferences.diff_view}
          isOpenAtFirst={index < OPEN_FILES}
        />
      ))}
    </section>
  )
}

interface RoundFileProps {
  executionId: ExecutionId
  rounds: { from: number; to: number }
  change: FileChange
  view: 'split' | 'unified'
  isOpenAtFirst: boolean
}

function RoundFile({ executionId, rounds, change, view, isOpenAtFirst }: RoundFileProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  const patch = useRoundPatch(executionId, rounds, change, isOpen)
  return (
    <section className={file.file} aria-label={change.path}>
      <FileHead file={change} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      {isOpen && <PatchView file={change} patch={patch} view={view} writing={null} onLine={null} />}
    </section>
  )
}
