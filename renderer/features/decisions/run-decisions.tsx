import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { useNow } from '../../lib/use-now.ts'
import { AlternativesList } from './alternatives-list.tsx'
import { ApprovalCard } from './approval-card.tsx'
import styles from './decisions.module.css'
import { LeftFiles } from './left-files.tsx'
import { MessagesPart } from './messages-part.tsx'
import { QuestionsForm } from './questions-form.tsx'
import { RepositoryChanges } from './repository-changes.tsx'
import { useApprovals } from './use-approvals.ts'

interface RunDecisionsProps {
  execution: ExecutionSummary
  /** All of its card. */
  executions: readonly ExecutionSummary[]
  onShow: (id: ExecutionId) => void
}

/** What a run asks a person, and what they may say to it. */
export function RunDecisions({ execution, executions, onShow }: RunDecisionsProps) {
  const { group_id } = execution
  const group = executions
    .filter((one) => group_id !== null && one.group_id === group_id)
    .toSorted((a, b) => a.alternative - b.alternative)
  const isAsking = execution.status === 'awaiting_approval' || execution.status === 'running'
  return (
    <div className={styles.run}>
      {group.length > 1 && <AlternativesList group={group} shown={execution.id} onShow={onShow} />}
      {execution.status === 'awaiting_clarification' && <QuestionsForm execution={execution} />}
      {isAsking && <Approvals execution={execution} />}
      <RepositoryChanges execution={execution} />
      <LeftFiles execution={execution} />
      <MessagesPart key={execution.id} execution={execution} />
    </div>
  )
}

function Approvals({ execution }: { execution: ExecutionSummary }) {
  const { data = [] } = useApprovals({ executionId: execution.id })
  const now = useNow(1_000, data.length > 0)
  return data.map((approval) => <ApprovalCard key={approval.id} approval={approval} now={now} isOnCard />)
}
