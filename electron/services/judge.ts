import { findExecution } from '#db/queries/executions.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionSummary, Finding } from '#shared/execution.ts'
import type { RequestChanges } from '#shared/execution-message.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type GoOnContext, goOn } from './go-on.ts'

/** A person takes the result as it is, whatever the reviewer said; it can be merged then. */
export async function approveExecution(ctx: GoOnContext, id: ExecutionId): Promise<ExecutionSummary> {
  const row = await findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  if (row.status === 'completed')
    throw new RefusedError(
      'ALREADY_APPROVED',
      'This result is approved already. Merge it, or request changes.',
    )
  if (row.files_changed === 0)
    throw new RefusedError('NOTHING_TO_APPROVE', 'The agents have changed nothing that could be approved.')
  const verdict = { status: 'APPROVED', summary: `Approved by ${nameOf(ctx)}.`, findings: [] } as const
  return goOn(ctx, id, { type: 'approve', verdict: { ...verdict, findings: [] } })
}

/** A person's review: the agents go on with a round that mends what it names. */
export async function requestChanges(ctx: GoOnContext, input: RequestChanges): Promise<ExecutionSummary> {
  const { execution_id, summary, comments } = input
  if (!summary && comments.length === 0)
    throw new RefusedError(
      'NOTHING_REQUESTED',
      'Say what is to be changed: in words, or as comments on lines.',
    )
  const findings = comments.map(
    ({ file, line, text }): Finding => ({ severity: 'major', file, line, finding: text, suggestion: null }),
  )
  const verdict = {
    status: 'CHANGES_REQUESTED' as const,
    summary: summary || `${nameOf(ctx)} asks for changes.`,
    findings,
  }
  return goOn(ctx, execution_id, { type: 'request_changes', verdict })
}

function nameOf(ctx: Pick<GoOnContext, 'actor'>): string {
  return ctx.actor().name
}
