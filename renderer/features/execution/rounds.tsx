import {
  ChevronRight,
  ClipboardList,
  Code,
  type LucideIcon,
  MessageCircleQuestionMark,
  ScanSearch,
  UserCheck,
  Wrench,
} from 'lucide-react'
import { useState } from 'react'
import type { StepCheck } from '#shared/check.ts'
import type { Phase, Step } from '#shared/execution.ts'
import { PHASE_NAME } from '../../lib/execution-state.ts'
import { formatCost, formatCount, formatDuration, totalTokens } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { CheckRows } from './checks-rows.tsx'
import { Briefing, ChecksMark, checksOf } from './checks-step.tsx'
import styles from './rounds.module.css'
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
  clarity: 'Clarity check',
  architecture: 'Plan',
  development: 'Development',
  review: 'Review',
  fix: 'Fix',
  gate: 'Your decision',
}

/** What was done, round by round: who, how long, at what cost, with which verdict. */
export function Rounds({ steps, checks }: { steps: readonly Step[]; checks: readonly StepCheck[] }) {
  const rounds = Map.groupBy(steps, (step) => step.iteration)
  return (
    <ol className={styles.rounds} aria-label="Rounds">
      {[...rounds].map(([iteration, ofRound]) => (
        <li key={iteration}>
          <div className={styles.roundTitle}>
            <span>Round {iteration}</span>
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
  )
}

function RoundSum({ steps }: { steps: readonly Step[] }) {
  const tokens = steps.reduce((sum, step) => sum + totalTokens(step.usage), 0)
  const isPriced = steps.every((step) => step.cost_usd !== null)
  const cost = isPriced ? formatCost(steps.reduce((sum, step) => sum + (step.cost_usd ?? 0), 0)) : null
  if (tokens === 0) return null
  return (
    <span className={styles.figures}>
      {formatCount(tokens)} tokens{cost && ` · ${cost}`}
    </span>
  )
}

interface StepRowProps {
  step: Step
  checks: readonly StepCheck[]
  isLast: boolean
}

function StepRow({ step, checks, isLast }: StepRowProps) {
  const texts = [step.output_content, step.error_message, step.briefing]
  const hasMore = step.verdict !== null || texts.some(Boolean) || checks.length > 0
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
        <span className={styles.who}>{PHASE_NAME[step.phase]}</span>
        <StepMark step={step} />
        <span className={styles.spacer} />
        <StepFigures step={step} />
        <ChevronRight className={styles.chevron} data-open={shown} data-hidden={!hasMore} />
      </button>
      {shown && hasMore && (
        <div className={styles.more}>
          {step.error_message && <p className={styles.error}>{step.error_message}</p>}
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

function StepMark({ step }: { step: Step }) {
  if (step.status === 'running') return <Spinner label="Running" />
  if (step.status === 'failed') return <Badge tone="bad">Failed</Badge>
  if (step.status === 'cancelled') return <Badge>Cancelled</Badge>
  if (step.status === 'interrupted') return <Badge tone="warn">Interrupted</Badge>
  if (step.checks) return <ChecksMark step={step} />
  if (step.verdict?.status === 'APPROVED') return <Badge tone="good">Approved</Badge>
  if (step.verdict) return <Badge tone="warn">Changes requested</Badge>
  return null
}

function StepFigures({ step }: { step: Step }) {
  const isRunning = step.status === 'running'
  const now = useNow(1_000, isRunning)
  const ms = isRunning ? now - step.started_at.getTime() : step.duration_ms
  const tokens = totalTokens(step.usage)
  const parts = [
    ms !== null && formatDuration(ms),
    tokens > 0 && `${formatCount(tokens)} tok`,
    tokens > 0 && formatCost(step.cost_usd),
  ].filter(Boolean)
  return (
    <span className={styles.figures} title={step.model ?? undefined}>
      {parts.join(' · ')}
    </span>
  )
}
