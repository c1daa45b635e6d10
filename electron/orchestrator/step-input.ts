import { listSteps } from '#db/queries/steps.ts'
import type { AgentPhase } from '#shared/execution.ts'
import type { StepRequest } from '../providers/provider.ts'
import { filePatch } from '../workspaces/diff.ts'
import { stepPrompt, systemPrompt, VERDICT_SCHEMA } from './prompts/prompt.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { REVIEW_PATCH_BYTES, STEP_LIMITS } from './step-limits.ts'

/** What a provider is asked for a step: the prompt from the card, the plan, the patch and the findings so far. */
export async function stepRequest(
  ctx: OrchestratorContext,
  run: Run,
  step: { phase: AgentPhase; iteration: number; isSecondAttempt: boolean },
  signal: AbortSignal,
): Promise<StepRequest> {
  const steps = (await listSteps(ctx.db, run.row.id)).filter((row) => row.status === 'completed')
  const isReview = step.phase === 'review'
  const mayEdit = step.phase === 'development' || step.phase === 'fix'
  const prompt = stepPrompt({
    ...step,
    maxIterations: run.row.max_iterations,
    task: { key: run.taskKey, title: run.task.title, description: run.task.description },
    checkCommand: mayEdit ? run.project.check_command : null,
    plan: steps.find((row) => row.phase === 'architecture')?.output_content ?? null,
    patch: isReview ? await wholePatch(run, signal) : null,
    verdict: steps.findLast((row) => row.phase === 'review')?.verdict ?? null,
  })
  return {
    executionId: run.row.id,
    phase: step.phase,
    iteration: step.iteration,
    system: systemPrompt(step.phase),
    prompt,
    ...(run.row.model ? { model: run.row.model } : {}),
    workspace: run.workspace.path,
    tools: mayEdit ? 'edit' : 'read-only',
    checkCommand: mayEdit ? run.project.check_command : null,
    ...(isReview ? { outputSchema: VERDICT_SCHEMA } : {}),
    limits: STEP_LIMITS,
  }
}

async function wholePatch(run: Run, signal: AbortSignal): Promise<string> {
  const { path, baseCommit } = run.workspace
  const source = { workspace: path }
  const { patch, truncated } = await filePatch({
    source,
    baseCommit,
    path: '.',
    mostBytes: REVIEW_PATCH_BYTES,
    signal,
  })
  return truncated ? `${patch}[the patch is longer; view the files for the rest]` : patch
}
