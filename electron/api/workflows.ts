import { z } from 'zod'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import { WorkflowId } from '#shared/ids.ts'
import { ArchiveWorkflow, CreateWorkflow, UpdateWorkflow } from '#shared/workflow.ts'
import * as workflows from '../services/workflows.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: WorkflowId })

export const workflowsRouter = router({
  list: procedure.query(({ ctx }) => workflows.listWorkflows(ctx)),
  get: procedure.input(One).query(({ ctx, input }) => workflows.getWorkflow(ctx, input.id)),
  /** Every definition that was ever saved, newest first. */
  versions: procedure.input(One).query(({ ctx, input }) => workflows.listWorkflowVersions(ctx, input.id)),
  /** Those that the app brings. */
  builtIns: procedure.query(() => Object.values(BUILT_IN_WORKFLOWS)),
  create: procedure.input(CreateWorkflow).mutation(({ ctx, input }) => workflows.createWorkflow(ctx, input)),
  update: procedure.input(UpdateWorkflow).mutation(({ ctx, input }) => workflows.updateWorkflow(ctx, input)),
  archive: procedure
    .input(ArchiveWorkflow)
    .mutation(({ ctx, input }) => workflows.archiveWorkflow(ctx, input)),
})
