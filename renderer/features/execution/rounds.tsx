import {
  ChevronRight,
  ClipboardList,
  Code,
  GitCompareArrows,
  type LucideIcon,
  MessageCircleQuestionMark,
  ScanSearch,
  UserCheck,
  Wrench,
} from 'lucide-react'
import { useState } from 'react'
import type { StepCheck } from '#shared/check.ts'
import type { Phase, Step } from '#shared/execution.ts'
import { stepTime, WORTH_TELLING_MS, waitTime } from '#shared/work-time.ts'
import { PHASE_NAME } from '../../lib/execution-state.ts'
import { formatCost, formatDuration, totalTokens } from '../../lib/format.ts'
import { isByPerson } from '../../lib/person-step.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { CheckRows } from './checks-rows.tsx'
import { Briefing, ChecksMark, checksOf } from './checks-step.tsx'
import styles from './rounds.module.css'
import { stepWarning } from './step-warning.ts'
import { VerdictView } from './verdict-view.tsx'

const ICONS: Readonly<Record<Phase, LucideIcon>> = {
  clarity: MessageCircleQuestionMark,
  architecture: ClipboardList,
  development: Code,
  review: ScanSearch,
  fix: Wrench,
  gate: UserCheck,
}

const WORK: Readonly<Record<Phase, string>> = {
  clarity: texts.execution.clarityCheck,
  architecture: texts.execution.plan,
  development: texts.execution.development,
  review: texts.execution.review,
  fix: texts.execution.fix,
  gate: texts.execution.yourDecision,
}

interface RoundsProps {
  steps: readonly Step[]
  checks: readonly StepCheck[]
  /** Shows two rounds side by side; null while there are no two that are finished. */
  onCompare: (() => void) | null
}

/** What was done, round by round: who, how long, at what cost, with which verdict. */
export function Rounds({ steps, checks, onCompare }: RoundsProps) {
  const rounds = Map.groupBy(steps, (step) => step.iteration)
  return (
    <>
      <ol className={styles.rounds} aria-label={texts.execution.rounds}>
        {[...rounds].map(([iteration, ofRound]) => (
          <li key={iteration}>
            <div className={styles.roundTitle}>
              <span>{texts.execution.round(iteration)}</span>
              <RoundSum steps={ofRound} />
            </div>
            <ol className={styles.steps}>
              {ofRound.map((step) => (
                <StepRow
                  key={step.id}
                  step={step}
                  checks={checksOf(step, checks)}
                  isLast={step === steps.at(-1)}
                />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      {onCompare && (
        <div>
          <Button size="small" icon={<GitCompareArrows />} onClick={onCompare}>
            {texts.rounds.compare}
          </Button>
        </div>
      )}
    </>
  )
}

function RoundSum({ steps }: { steps: readonly Step[] }) {
  const tokens = steps.reduce((sum, step) => sum + totalTokens(step.usage), 0)
  const isPriced = steps.every((step) => step.cost_usd !== null)
  const cost = isPriced ? formatCost(steps.reduce((sum, step) => sum + (step.cost_usd ?? 0), 0)) : null
  if (tokens === 0) return null
  return (
    <span className={styles.figures}>
      {texts.execution.tokenCount(tokens)}
      {cost && ` · ${cost}`}
    </span>
  )
}

interface StepRowProps {
  step: Step
  checks: readonly StepCheck[]
  isLast: boolean
}

function StepRow({ step, checks, isLast }: StepRowProps) {
  const said = [step.output_content, step.error_message, step.briefing]
  const hasMore = step.verdict !== null || said.some(Boolean) || checks.length > 0
  const [isOpen, setOpen] = useState<boolean | null>(null)
  const shown =
    isOpen ?? (isLast && (step.verdict !== null || checks.some((check) => check.status !== 'passed')))
  const Icon = ICONS[step.phase]
  return (
    <li className={styles.step}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={hasMore ? shown : undefined}
        disabled={!hasMore}
        onClick={() => setOpen(!shown)}
      >
        <Icon className={styles.icon} />
        <span className={styles.name}>{WORK[step.phase]}</span>
        <span className={styles.who}>{whoDid(step)}</span>
        <StepMark step={step} />
        <StepFigures step={step} />
        <ChevronRight className={styles.chevron} data-open={shown} data-hidden={!hasMore} />
      </button>
      {shown && hasMore && (
        <div className={styles.more}>
          {step.error_message && (
            <p className={stepWarning(step) ? styles.stopped : styles.error}>{step.error_message}</p>
          )}
          {/* What failed checks ask for is what their rows show. */}
          {step.verdict && step.checks === null && <VerdictView verdict={step.verdict} />}
          <CheckRows checks={checks} />
          {step.output_content && (!step.verdict || step.checks !== null) && (
            <AgentText text={step.output_content} />
          )}
          <Briefing step={step} />
          {step.files_changed.length > 0 && <p className={styles.files}>{step.files_changed.join(', ')}</p>}
        </div>
      )}
    </li>
  )
}

function whoDid(step: Step): string {
  return step.phase === 'review' && isByPerson(step) ? texts.execution.aPerson : PHASE_NAME[step.phase]
}

function StepMark({ step }: { step: Step }) {
  if (step.status === 'running') return <Spinner label={texts.execution.running} />
  const warning = stepWarning(step)
  if (warning) return <Badge tone="warn">{warning}</Badge>
  if (step.status === 'failed') return <Badge tone="bad">{texts.execution.failed}</Badge>
  if (step.status === 'cancelled') return <Badge>{texts.execution.cancelled}</Badge>
  if (step.status === 'interrupted') return <Badge tone="warn">{texts.execution.interrupted}</Badge>
  if (step.checks) return <ChecksMark step={step} />
  if (step.verdict?.status === 'APPROVED') return <Badge tone="good">{texts.execution.approved}</Badge>
  if (step.verdict) return <Badge tone="warn">{texts.execution.changesRequested}</Badge>
  return null
}

function StepFigures({ step }: { step: Step }) {
  const isRunning = step.status === 'running'
  const now = useNow(1_000, isRunning)
  const ms = stepTime(step, now)
  const waited = waitTime(step.waits, now)
  const tokens = totalTokens(step.usage)
  const parts = [
    ms !== null && !isByPerson(step) && formatDuration(ms),
    waited >= WORTH_TELLING_MS && texts.execution.waitedFor(waited),
    tokens > 0 && texts.execution.tok(tokens),
    tokens > 0 && formatCost(step.cost_usd),
  ].filter(Boolean)
  return (
    <span className={styles.figures} title={step.model ?? undefined}>
      {parts.join(' · ')}
    </span>
  )
}
