import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CheckKind, CheckStatus, StepCheck } from '#shared/check.ts'
import type { Tone } from '../../lib/execution-state.ts'
import { formatDuration } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Badge } from '../../ui/badge.tsx'
import styles from './checks.module.css'

const NAME: Readonly<Record<CheckKind, string>> = {
  setup: texts.checks.setUp,
  lint: texts.checks.lint,
  test: texts.checks.check,
  run: texts.checks.project,
}

const SAYS: Readonly<Record<CheckStatus, { tone: Tone; text: string }>> = {
  running: { tone: 'run', text: texts.checks.running },
  passed: { tone: 'good', text: texts.checks.passed },
  failed: { tone: 'bad', text: texts.checks.failed },
  timed_out: { tone: 'bad', text: texts.checks.outTime },
  cancelled: { tone: 'mute', text: texts.checks.stopped },
}

/** What the project's own commands said: fact, beside what agents claim. */
export function CheckRows({ checks, when }: { checks: readonly StepCheck[]; when?: string }) {
  if (checks.length === 0) return null
  const title = when ? texts.checks.checks(when) : texts.checks.checksTitle
  return (
    <section className={styles.checks} aria-label={title}>
      <h4 className={styles.heading}>{texts.checks.runByApp(title)}</h4>
      <ul className={styles.list}>
        {checks.map((check) => (
          <li key={check.id}>
            <CheckRow check={check} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CheckRowProps {
  check: StepCheck
  /** In place of how it ended. */
  mark?: ReactNode
  startsOpen?: boolean
}

/** One command, how it ended, and what it printed, folded. */
export function CheckRow({ check, mark, startsOpen = false }: CheckRowProps) {
  const [isOpen, setOpen] = useState(startsOpen)
  const { tone, text } = SAYS[check.status]
  const hasOutput = check.output.trim() !== ''
  return (
    <>
      <button
        type="button"
        className={styles.row}
        disabled={!hasOutput}
        aria-expanded={hasOutput ? isOpen : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles.name}>{NAME[check.kind]}</span>
        {mark ?? <Badge tone={tone}>{text}</Badge>}
        <code className={styles.command}>{check.command}</code>
        <span className={styles.figures}>
          {check.exit_code !== null && check.exit_code !== 0 && texts.checks.exitCode(check.exit_code)}
          <Duration check={check} />
        </span>
        <ChevronRight className={styles.chevron} data-open={isOpen} data-hidden={!hasOutput} />
      </button>
      {isOpen && hasOutput && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long output is scrolled by keyboard
        <section className={styles.output} tabIndex={0} aria-label={texts.checks.output(check.command)}>
          <pre>{check.output}</pre>
        </section>
      )}
    </>
  )
}

function Duration({ check }: { check: StepCheck }) {
  const isRunning = check.status === 'running'
  const now = useNow(1_000, isRunning)
  const ms = isRunning ? now - check.created_at.getTime() : check.duration_ms
  return ms === null ? null : formatDuration(Math.max(0, ms))
}
