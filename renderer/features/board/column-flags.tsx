import clsx from 'clsx'
import { CircleCheck, Eye, Inbox, Zap } from 'lucide-react'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './column.module.css'

const FLAGS = [
  {
    key: 'triggers_agents',
    text: texts.columns.startsAgents,
    icon: <Zap aria-label={texts.columns.startsAgents} />,
  },
  {
    key: 'is_start_column',
    text: texts.columns.newCardsStartHere,
    icon: <Inbox aria-label={texts.columns.newCardsStartHere} />,
  },
  {
    key: 'is_review_column',
    text: texts.columns.finishedWorkWaitsHere,
    icon: <Eye aria-label={texts.columns.reviewColumn} />,
  },
  {
    key: 'is_end_column',
    text: texts.columns.mergedWorkGoesHere,
    icon: <CircleCheck aria-label={texts.columns.doneColumn} />,
  },
] as const

/** What the column is for; the lightning is the one that changes what a drop does. */
export function ColumnFlags({ column }: { column: Column }) {
  return FLAGS.filter((flag) => column[flag.key]).map((flag) => (
    <Tooltip key={flag.key} text={flag.text}>
      <span className={clsx(styles.flag, flag.key === 'triggers_agents' && styles.acts)}>{flag.icon}</span>
    </Tooltip>
  ))
}
