import {
  Brain,
  ChevronRight,
  CircleAlert,
  Flag,
  GitCommitHorizontal,
  Info,
  ListChecks,
  RotateCw,
  ScanSearch,
  TriangleAlert,
} from 'lucide-react'
import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionStatus, Step } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { PHASE_NAME, PHASE_VERB } from '../../lib/execution-state.ts'
import { locale } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { isVerdictText, WRITING_VERDICT } from '../../lib/verdict-text.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Badge } from '../../ui/badge.tsx'
import { retryCause } from './retry-cause.ts'
import { ToolRow } from './tool-row.tsx'
import type { TranscriptItem } from './transcript-item.ts'
import styles from './transcript-row.module.css'
import { VerdictView } from './verdict-view.tsx'

type Of<Kind extends TranscriptItem['kind']> = Extract<TranscriptItem, { kind: Kind }>

interface TranscriptRowProps {
  id: ExecutionId
  item: TranscriptItem
  isDemo: boolean
  /** Null: nobody has chosen. */
  isOpen: boolean | null
  onToggle: (entry: number, isOpen: boolean) => void
  /** Of which it is a part, as far as that is known. */
  step: Step | undefined
  /** The line of what its tool has printed that is to be seen. */
  focusLine: number | null
}

/** One row of the transcript. */
export function TranscriptRow({ id, item, isDemo, isOpen, onToggle, step, focusLine }: TranscriptRowProps) {
  const toggle = (next: boolean) => onToggle(item.entry, next)
  switch (item.kind) {
    case 'phase':
      return <PhaseRow item={item} isDemo={isDemo} />
    case 'text':
      if (item.isThinking) return <ThinkingRow item={item} isOpen={isOpen ?? false} onToggle={toggle} />
      if (isAnswerOf(step, item.text)) return <AnswerTextRow step={step} />
      return <TextRow item={item} />
    case 'tool':
      return <ToolRow id={id} item={item} isOpen={isOpen} onToggle={toggle} focusLine={focusLine} />
    case 'plan':
      return <PlanRow item={item} />
    case 'retry':
      return <RetryRow item={item} />
    case 'verdict':
      return <VerdictRow item={item} />
    case 'commit':
      return <CommitRow item={item} />
    case 'notice':
      return <NoticeRow item={item} />
    case 'status':
      return <StatusRow item={item} />
    default:
      return assertNever(item)
  }
}

/** JSON is not for reading: a reviewer's verdict takes its place, and what a clarity check has found. */
function isAnswerOf(step: Step | undefined, text: string): boolean {
  const isAnswer = step === undefined || step.phase === 'review' || step.phase === 'clarity'
  return isAnswer && isVerdictText(text)
}

function PlanRow({ item }: { item: Of<'plan'> }) {
  const done = item.entries.filter((entry) => entry.status === 'completed').length
  return (
    <div className={styles.line}>
      <ListChecks />
      <span>{texts.transcript.planStepDone(done, item.entries.length)}</span>
    </div>
  )
}

function PhaseRow({ item, isDemo }: { item: Of<'phase'>; isDemo: boolean }) {
  return (
    <div className={styles.phase}>
      <span className={styles.phaseName}>{PHASE_NAME[item.phase]}</span>
      <span className={styles.faint}>
        {texts.transcript.round(PHASE_VERB[item.phase].toLowerCase(), item.iteration)}
      </span>
      {isDemo && <Badge>{texts.transcript.demoAgent}</Badge>}
      <span className={styles.rule} />
      <time className={styles.faint}>{item.at.toLocaleTimeString(locale(), { timeStyle: 'short' })}</time>
    </div>
  )
}

function TextRow({ item }: { item: Of<'text'> }) {
  return (
    <div className={styles.text}>
      <AgentText text={item.text} />
    </div>
  )
}

interface FoldedProps<Item> {
  item: Item
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
}

function ThinkingRow({ item, isOpen, onToggle }: FoldedProps<Of<'text'>>) {
  return (
    <div>
      <button
        type="button"
        className={styles.thinking}
        aria-expanded={isOpen}
        onClick={() => onToggle(!isOpen)}
      >
        <Brain />
        {texts.transcript.thinking}
        <ChevronRight className={styles.chevron} data-open={isOpen} />
      </button>
      {isOpen && <div className={styles.thought}>{item.text}</div>}
    </div>
  )
}

function RetryRow({ item }: { item: Of<'retry'> }) {
  return (
    <div className={styles.line} data-tone="warn">
      <RotateCw />
      <span>
        {texts.transcript.providerDidNotAnswer(retryCause(item.cause), item.delayMs, item.attempt, item.max)}
      </span>
    </div>
  )
}

function VerdictRow({ item }: { item: Of<'verdict'> }) {
  const { verdict } = item
  const isApproved = verdict.status === 'APPROVED'
  return (
    <div className={styles.verdict}>
      <div className={styles.verdictHead}>
        <Badge tone={isApproved ? 'good' : 'warn'}>
          {isApproved ? texts.transcript.approved : texts.transcript.changesRequested}
        </Badge>
        {verdict.findings.length > 0 && (
          <span className={styles.faint}>{texts.transcript.findings(verdict.findings.length)}</span>
        )}
      </div>
      <VerdictView verdict={verdict} />
    </div>
  )
}

function AnswerTextRow({ step }: { step: Step | undefined }) {
  const isUnfinished = step !== undefined && step.status !== 'running'
  if (step?.verdict) return null
  if (step?.phase === 'clarity') {
    if (isUnfinished) return null // a notice says what came of it
    return (
      <div className={styles.line}>
        <ScanSearch />
        <span>{texts.executionState.checkingClarity}…</span>
      </div>
    )
  }
  return (
    <div className={styles.line}>
      <ScanSearch />
      <span>{isUnfinished ? texts.transcript.verdictNotFinished : WRITING_VERDICT}</span>
    </div>
  )
}

function CommitRow({ item }: { item: Of<'commit'> }) {
  return (
    <div className={styles.line}>
      <GitCommitHorizontal />
      <span>
        <code className={styles.hash}>{item.commit.slice(0, 8)}</code> {item.message.split('\n')[0]}
        <span className={styles.faint}> · {texts.transcript.files(item.files.length)}</span>
      </span>
    </div>
  )
}

const NOTICE_ICONS = { info: Info, warn: TriangleAlert, error: CircleAlert }
const NOTICE_TONES = { info: 'mute', warn: 'warn', error: 'bad' }

function NoticeRow({ item }: { item: Of<'notice'> }) {
  const Icon = NOTICE_ICONS[item.level]
  return (
    <div className={styles.line} data-tone={NOTICE_TONES[item.level]}>
      <Icon />
      <span>{item.text}</span>
    </div>
  )
}

function StatusRow({ item }: { item: Of<'status'> }) {
  return (
    <div className={styles.line} data-tone={STATUS_TONES[item.status]}>
      <Flag />
      <span>{item.message ?? STATUS_TEXT[item.status]}</span>
    </div>
  )
}

const STATUS_TONES: Readonly<Partial<Record<ExecutionStatus, 'warn' | 'bad'>>> = {
  blocked: 'warn',
  interrupted: 'warn',
  failed: 'bad',
}

const STATUS_TEXT: Readonly<Record<ExecutionStatus, string>> = {
  pending: texts.transcript.queued,
  running: texts.transcript.started,
  awaiting_clarification: texts.transcript.waiting,
  awaiting_approval: texts.transcript.waiting,
  paused: texts.transcript.paused,
  completed: texts.transcript.completed,
  failed: texts.transcript.failed,
  cancelled: texts.transcript.cancelled,
  blocked: texts.transcript.needsAttention,
  interrupted: texts.transcript.interrupted,
}
