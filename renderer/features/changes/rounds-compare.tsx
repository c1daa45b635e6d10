import { ArrowLeft, ArrowRight, GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import tab from './changes-tab.module.css'
import styles from './rounds-compare.module.css'
import { RoundsDiff } from './rounds-diff.tsx'
import { RoundsFindings } from './rounds-findings.tsx'
import { RoundsTable } from './rounds-table.tsx'
import { type RoundChoice, useRoundComparison } from './use-rounds.ts'

interface RoundsCompareProps {
  execution: ExecutionSummary
  onBack: () => void
}

/** Two rounds side by side: what each came to, what became of the findings, and what is different between them. */
export function RoundsCompare({ execution, onBack }: RoundsCompareProps) {
  const [choice, setChoice] = useState<RoundChoice>({ from: null, to: null })
  const { data, isPending, error, refetch } = useRoundComparison(execution, choice)
  const isAlone = error !== null && errorFacts(error).reason === 'NO_TWO_ROUNDS'
  const pick = (label: string, value: number, set: (round: number) => RoundChoice) => (
    <Select
      label={label}
      value={String(value)}
      choices={(data?.rounds ?? []).map((round) => ({
        value: String(round),
        label: texts.rounds.round(round),
      }))}
      onChange={(round) => setChoice(set(Number(round)))}
    />
  )
  return (
    <section className={tab.tab} aria-label={texts.rounds.title}>
      <div className={tab.bar}>
        <Button size="small" variant="ghost" icon={<ArrowLeft />} onClick={onBack}>
          {texts.rounds.back}
        </Button>
        <span className={styles.spacer} />
        {data && (
          <>
            {pick(texts.rounds.from, data.from.iteration, (from) => ({ from, to: data.to.iteration }))}
            <ArrowRight className={styles.arrow} aria-hidden />
            {pick(texts.rounds.to, data.to.iteration, (to) => ({ from: data.from.iteration, to }))}
          </>
        )}
      </div>
      {isPending && (
        <div className={tab.skeleton} role="status" aria-label={texts.rounds.loading}>
          <Skeleton height="160px" />
          <Skeleton height="34px" />
        </div>
      )}
      {isAlone && (
        <EmptyState icon={<GitCompareArrows />} title={texts.rounds.oneRound}>
          {texts.rounds.oneRoundText}
        </EmptyState>
      )}
      {error && !isAlone && !data && (
        <ErrorState title={texts.rounds.failed} error={error} onRetry={() => void refetch()} />
      )}
      {data && (
        <div className={tab.files}>
          <RoundsTable comparison={data} />
          <RoundsFindings comparison={data} />
          <RoundsDiff executionId={execution.id} comparison={data} />
        </div>
      )}
    </section>
  )
}
