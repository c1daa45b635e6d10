import type { Finding, Verdict } from '#shared/execution.ts'
import type { Tone } from '../../lib/execution-state.ts'
import { texts } from '../../lib/texts/texts.ts'
import { AgentText } from '../../ui/agent-text.tsx'
import { Badge } from '../../ui/badge.tsx'
import styles from './verdict-view.module.css'

const TONE: Readonly<Record<Finding['severity'], Tone>> = { critical: 'bad', major: 'warn', minor: 'mute' }
const NAME: Readonly<Record<Finding['severity'], string>> = {
  critical: texts.execution.critical,
  major: texts.execution.major,
  minor: texts.execution.minor,
}

/** What a reviewer found, and what should be done about it. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  return (
    <div className={styles.verdict}>
      {verdict.summary && <AgentText text={verdict.summary} />}
      {verdict.findings.length > 0 && (
        <ul className={styles.findings} aria-label={texts.execution.findings}>
          {verdict.findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: findings of a verdict never change
            <li key={index} className={styles.finding}>
              <div className={styles.head}>
                <Badge tone={TONE[finding.severity]}>{NAME[finding.severity]}</Badge>
                {finding.file && (
                  <code className={styles.place}>
                    {finding.file}
                    {finding.line !== null && `:${finding.line}`}
                  </code>
                )}
              </div>
              <AgentText text={finding.finding} />
              {finding.suggestion && (
                <div className={styles.suggestion}>
                  <AgentText text={finding.suggestion} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
