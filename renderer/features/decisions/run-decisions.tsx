import type { ExecutionSummary } from '#shared/execution.ts'
import { useNow } from '../../lib/use-now.ts'
import { ApprovalCard } from './approval-card.tsx'
import styles from './decisions.module.css'
import { MessagesPart } from './messages-part.tsx'
import { QuestionsForm } from './questions-form.tsx'
import { RepositoryChanges } from './repository-changes.tsx'
import { useApprovals } from './use-approvals.ts'

/** What a run asks a person, and what they may say to it. */
export function RunDecisions({ execution }: { execution: ExecutionSummary }) {
  const isAsking = execution.status === 'awaiting_approval' || execution.status === 'running'
  return (
    <div className={styles.run}>
      {execution.status === 'awaiting_clarification' && <QuestionsForm execution={execution} />}
      {isAsking && <Approvals execution={execution} />}
      <RepositoryChanges execution={execution} />
      <MessagesPart key={execution.id} execution={execution} />
    </div>
  )
}

function Approvals({ execution }: { execution: ExecutionSummary }) {
  const { data = [] } = useApprovals({ executionId: execution.id })
  const now = useNow(1_000, data.length > 0)
  return data.map((approval) => <ApprovalCard key={approval.id} approval={approval} now={now} isOnCard />)
}
