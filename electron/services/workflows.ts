import * as queries from '#db/queries/workflows.ts'
import { AppError, InvalidInputError, NotFoundError } from '#shared/errors.ts'
import { WorkflowId } from '#shared/ids.ts'
import type {
  ArchiveWorkflow,
  CreateWorkflow,
  UpdateWorkflow,
  Workflow,
  WorkflowDefinition,
  WorkflowVersion,
} from '#shared/workflow.ts'
import { findWorkflowProblems } from '#shared/workflow-problems.ts'
import type { AppContext } from '../context.ts'
import { changeSigned } from './change-board.ts'

type ReadContext = Pick<AppContext, 'db'>
type WorkflowContext = Pick<AppContext, 'db' | 'actor' | 'now' | 'newId'>

/** Those that people made, by name; archived ones last. */
export function listWorkflows(ctx: ReadContext): Promise<Workflow[]> {
  return queries.listWorkflows(ctx.db)
}

export async function getWorkflow(ctx: ReadContext, id: WorkflowId): Promise<Workflow> {
  const workflow = await queries.findWorkflow(ctx.db, id)
  if (!workflow) throw new NotFoundError('Workflow', id)
  return workflow
}

/** Every definition that was ever saved, newest first. */
export async function listWorkflowVersions(ctx: ReadContext, id: WorkflowId): Promise<WorkflowVersion[]> {
  await getWorkflow(ctx, id)
  return queries.listVersions(ctx.db, id)
}

export function createWorkflow(ctx: WorkflowContext, input: CreateWorkflow): Promise<Workflow> {
  refuseProblems(input.definition)
  return changeSigned(ctx, async (tx) => {
    await refuseTaken(tx, input.name, null)
    const id = WorkflowId.parse(ctx.newId())
    const workflow = await queries.insertWorkflow(tx, { id, ...input })
    await keepVersion(ctx, tx, workflow)
    return workflow
  })
}

/** A new version; executions that have begun keep theirs. Refused when somebody else has saved another one meanwhile. */
export function updateWorkflow(ctx: WorkflowContext, input: UpdateWorkflow): Promise<Workflow> {
  const { id, version, name, definition } = input
  if (definition) refuseProblems(definition)
  return changeSigned(ctx, async (tx) => {
    const before = await queries.findWorkflow(tx, id)
    if (!before) throw new NotFoundError('Workflow', id)
    if (name !== undefined) await refuseTaken(tx, name, id)
    const values = { name: name ?? before.name, definition: definition ?? before.definition }
    const workflow = await queries.updateWorkflow(tx, id, { ...values, version: version + 1 }, version)
    if (!workflow) throw changedMeanwhile(before.version, version)
    await keepVersion(ctx, tx, workflow)
    return workflow
  })
}

/** Not offered any more; columns and executions that have it keep it. Its name is free then. */
export function archiveWorkflow(ctx: WorkflowContext, { id, archived }: ArchiveWorkflow): Promise<Workflow> {
  return changeSigned(ctx, async (tx) => {
    const before = await queries.findWorkflow(tx, id)
    if (!before) throw new NotFoundError('Workflow', id)
    if (!archived) await refuseTaken(tx, before.name, id)
    const workflow = await queries.updateWorkflow(tx, id, { archived_at: archived ? ctx.now() : null })
    return workflow ?? before
  })
}

async function keepVersion(
  ctx: WorkflowContext,
  tx: Parameters<typeof queries.insertVersion>[0],
  { id, version, name, definition }: Workflow,
): Promise<void> {
  const actor = ctx.actor()
  const author = { author_id: actor.id ?? actor.type, author_name: actor.name }
  await queries.insertVersion(tx, { workflow_id: id, version, name, definition, ...author })
}

function refuseProblems(definition: WorkflowDefinition): void {
  const problems = findWorkflowProblems(definition)
  const [first] = problems
  if (!first) return
  const where = first.path ? `${first.path}: ` : ''
  const more = problems.length > 1 ? ` (${problems.length - 1} more)` : ''
  throw new InvalidInputError('WORKFLOW_INVALID', `${where}${first.message}${more}`, { problems })
}

async function refuseTaken(
  tx: Parameters<typeof queries.findWorkflowName>[0],
  name: string,
  own: WorkflowId | null,
): Promise<void> {
  await queries.holdWorkflowNames(tx)
  const other = await queries.findWorkflowName(tx, name, own)
  if (other !== null) throw new InvalidInputError('NAME_TAKEN', `There is a workflow “${other}” already.`)
}

function changedMeanwhile(server: number, client: number): AppError {
  return new AppError('CONFLICT', {
    error: 'VERSION_CONFLICT',
    message: 'Somebody has changed this workflow meanwhile. Open it again, then make your change.',
    server_version: server,
    client_version: client,
  })
}
