import type { StepCheck } from '#shared/check.ts'
import type { Step } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import styles from './checks.module.css'
import { CheckRows } from './checks-rows.tsx'

/** What was handed to the developer, folded: it is long. */
export function Briefing({ step }: { step: Step }) {
  if (step.briefing === null) return null
  return (
    <details className={styles.briefing}>
      <summary>{texts.checks.briefingDeveloperGiven}</summary>
      <div>
        <Markdown text={step.briefing} />
      </div>
    </details>
  )
}

/** Those of one step. */
export function checksOf(step: Step, checks: readonly StepCheck[]): StepCheck[] {
  return checks.filter((check) => check.step_id === step.id)
}

/** What failed before the agents began, so that it is not taken for their work. */
export function ChecksBefore({ checks }: { checks: readonly StepCheck[] }) {
  const before = checks.filter((check) => check.step_id === null && check.kind !== 'run')
  return (
    <CheckRows checks={before.filter((check) => check.status !== 'passed')} when={texts.checks.beforeWork} />
  )
}

/** What the checks said of a step's work, in a word. */
export function ChecksMark({ step }: { step: Step }) {
  if (step.checks === 'passed') return <Badge tone="good">{texts.checks.checksPassed}</Badge>
  if (step.checks === 'failed') return <Badge tone="bad">{texts.checks.checksFailed}</Badge>
  return null
}
