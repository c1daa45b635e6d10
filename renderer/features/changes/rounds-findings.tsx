import type { Finding } from '#shared/execution.ts'
import type { RoundComparison } from '#shared/round.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import styles from './rounds-compare.module.css'

/** What became of the findings between two rounds; nothing where neither has any. */
export function RoundsFindings({ comparison }: { comparison: RoundComparison }) {
  const { from, to, closed, remaining, opened } = comparison
  if (closed.length + remaining.length + opened.length === 0) return null
  return (
    <section
      className={styles.findings}
      aria-label={texts.rounds.becameOfFindings(from.iteration, to.iteration)}
    >
      <Group name={texts.rounds.opened} tone="bad" findings={opened} />
      <Group name={texts.rounds.remaining} tone="warn" findings={remaining} />
      <Group name={texts.rounds.closed} tone="good" findings={closed} />
    </section>
  )
}

interface GroupProps {
  name: string
  tone: 'good' | 'warn' | 'bad'
  findings: readonly Finding[]
}

function Group({ name, tone, findings }: GroupProps) {
  if (findings.length === 0) return null
  return (
    <div className={styles.group}>
      <h4>
        <Badge tone={tone}>
          {name} · {findings.length}
        </Badge>
      </h4>
      <ul className={styles.list} aria-label={name}>
        {findings.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings of a finished round never change
          <li key={index} className={styles.item}>
            {finding.file && (
              <code className={styles.place}>
                {finding.file}
                {finding.line !== null && `:${finding.line}`}
              </code>
            )}
            <span>{finding.finding}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
