import type { Db } from '#db/client.ts'
import { type ExecutionRow, listExecutionsOfTask } from '#db/queries/executions.ts'
import { assertNever } from '#shared/assert-never.ts'
import { RefusedError } from '#shared/errors.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Project } from '#shared/project.ts'
import type { AgentRole, WorkflowDefinition, WorkflowNode } from '#shared/workflow.ts'
import { resolveCommit } from '../platform/git-repository.ts'
import { patiently } from './patiently.ts'
import type { OrchestratorContext } from './run-context.ts'
import { definitionOf } from './stored-state.ts'

const NOTHING =
  'There is no work of agents on this card that could be reviewed. Start a workflow that changes files first.'

/**
 * For a workflow that begins with a review: the latest work of agents on the card, to begin with instead of the present
 * state of the repository; null for any other workflow. Throws RefusedError NOTHING_TO_REVIEW.
 */
export async function workToReview(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  project: Project,
  signal: AbortSignal,
): Promise<{ commit: string; baseBranch: string | null; baseCommit: string } | null> {
  if (!beginsWithReview(definitionOf(row))) return null
  if (!project.is_repository)
    throw new RefusedError(
      'NOTHING_TO_REVIEW',
      `${project.path} is no git repository, so earlier work on this card cannot be taken up again.`,
    )
  for (const earlier of await patiently(ctx, signal, () => listWork(ctx.db, row.task_id))) {
    const { base_commit: baseCommit, base_branch: baseBranch, head_commit: head } = earlier
    if (earlier.id === row.id || baseCommit === null || head === null) continue
    const commit = await resolveCommit(project.path, head, signal)
    if (commit) return { commit, baseBranch, baseCommit }
  }
  throw new RefusedError('NOTHING_TO_REVIEW', NOTHING)
}

/** The same refusal before anything is begun. */
export async function refuseNothingToReview(
  db: Db,
  taskId: TaskId,
  definition: WorkflowDefinition,
): Promise<void> {
  if (!beginsWithReview(definition)) return
  if ((await listWork(db, taskId)).length === 0) throw new RefusedError('NOTHING_TO_REVIEW', NOTHING)
}

/** Executions that have changed files, newest first. */
async function listWork(db: Db, taskId: TaskId): Promise<ExecutionRow[]> {
  const rows = await listExecutionsOfTask(db, taskId)
  return rows.filter(({ head_commit, base_commit }) => head_commit !== null && head_commit !== base_commit)
}

function beginsWithReview({ nodes }: WorkflowDefinition): boolean {
  return firstRole(nodes) === 'review'
}

function firstRole(nodes: readonly WorkflowNode[]): AgentRole | null {
  for (const node of nodes) {
    const role = roleOf(node)
    if (role) return role
  }
  return null
}

function roleOf(node: WorkflowNode): AgentRole | null {
  switch (node.kind) {
    case 'agent':
      return node.role
    case 'parallel':
      return firstRole(node.branches)
    case 'condition':
      return firstRole(node.yes) ?? firstRole(node.no)
    case 'loop':
      return firstRole(node.body)
    case 'gate':
      return null
    default:
      return assertNever(node)
  }
}
