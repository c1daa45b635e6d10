import { ShieldQuestionMark } from 'lucide-react'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './decisions.module.css'
import { useApprovalsLive, usePendingApprovals } from './use-approvals.ts'

/** The way to what agents ask, with how much it is. */
export function ApprovalsLink({
  className,
  isCurrent,
}: {
  className: string | undefined
  isCurrent: boolean
}) {
  useApprovalsLive()
  const pending = usePendingApprovals()
  return (
    <a
      href={routeHash({ page: 'approvals' })}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={pending > 0 ? texts.decisions.approvalsOpen(pending) : texts.decisions.approvals}
    >
      <ShieldQuestionMark />
      <span className={styles.linkText}>{texts.decisions.approvals}</span>
      {pending > 0 && <span className={styles.count}>{pending}</span>}
    </a>
  )
}
