import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { RoundComparison } from '#shared/round.ts'
import { formatCost, formatDuration, formatWhole, totalTokens } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import table from '../../ui/data-table.module.css'
import tab from './changes-tab.module.css'
import styles from './rounds-compare.module.css'

type Side = RoundComparison['from']

const ROWS: readonly { name: string; of: (round: Side) => ReactNode }[] = [
  { name: texts.rounds.verdict, of: verdictOf },
  { name: texts.rounds.findings, of: findingsOf },
  { name: texts.rounds.checks, of: checksOf },
  { name: texts.rounds.changes, of: changesOf },
  { name: texts.rounds.cost, of: ({ cost_usd }) => formatCost(cost_usd) ?? texts.rounds.unknownCost },
  { name: texts.rounds.tokens, of: ({ usage }) => formatWhole(totalTokens(usage)) },
  { name: texts.rounds.time, of: ({ duration_ms }) => formatDuration(duration_ms) },
  { name: texts.rounds.commit, of: commitOf },
]

/** What each of two rounds came to, a line for each fact. */
export function RoundsTable({ comparison: { from, to } }: { comparison: RoundComparison }) {
  return (
    <table className={clsx(table.table, styles.table)} aria-label={texts.rounds.title}>
      <thead>
        <tr>
          <th scope="col">{texts.rounds.what}</th>
          <th scope="col">{texts.rounds.round(from.iteration)}</th>
          <th scope="col">{texts.rounds.round(to.iteration)}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, of }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{of(from)}</td>
            <td>{of(to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function verdictOf({ verdict }: Side) {
  if (!verdict) return texts.rounds.noVerdict
  if (verdict.status === 'APPROVED') return <Badge tone="good">{texts.rounds.approved}</Badge>
  return <Badge tone="warn">{texts.rounds.changesRequested}</Badge>
}

function findingsOf({ verdict }: Side) {
  const count = verdict?.findings.length ?? 0
  return count === 0 ? texts.rounds.noFindings : texts.rounds.findingCount(count)
}

function checksOf({ checks }: Side) {
  if (checks === null) return texts.rounds.noChecks
  if (checks === 'passed') return <Badge tone="good">{texts.rounds.checksPassed}</Badge>
  return <Badge tone="bad">{texts.rounds.checksFailed}</Badge>
}

function changesOf({ changes }: Side) {
  if (!changes) return texts.rounds.unknownChanges
  return (
    <>
      {texts.rounds.files(changes.files)} <span className={tab.added}>+{changes.additions}</span>{' '}
      <span className={tab.removed}>−{changes.deletions}</span>
    </>
  )
}

function commitOf({ commit }: Side) {
  return commit ? <span className={styles.commit}>{commit.slice(0, 8)}</span> : '–'
}
