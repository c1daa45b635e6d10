import { listChecks } from '#db/queries/checks.ts'
import { listMessages } from '#db/queries/messages.ts'
import { listQuestions } from '#db/queries/questions.ts'
import { listStepOutlines, type StepOutline } from '#db/queries/steps.ts'
import type { StepCheck } from '#shared/check.ts'
import type { AgentPhase } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { StepRequest } from '../providers/provider.ts'
import { type DiffSource, filePatch } from '../workspaces/diff.ts'
import { isUntouched } from '../workspaces/is-untouched.ts'
import { briefStep } from './briefing/brief-step.ts'
import type { Known } from './briefing/build-briefing.ts'
import { isFailed, outcomeText } from './checks/findings.ts'
import { CLARITY_SCHEMA } from './clarity.ts'
import { planOf } from './plan-of.ts'
import { stepPrompt, systemPrompt, VERDICT_SCHEMA } from './prompts/prompt.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { REVIEW_PATCH_BYTES, STEP_LIMITS } from './step-limits.ts'

/** Whether the phase changes files. */
export function mayEdit(phase: AgentPhase): boolean {
  return phase === 'development' || phase === 'fix'
}

/**
 * What a provider is asked for a step: the prompt from the card, the plan, the patch, the findings and what people said.
 * With the briefing that is in it, to be kept with the step. `heard`: what people said until now is this step's.
 */
export async function stepRequest(
  ctx: OrchestratorContext,
  work: StepWork,
  { isSecondAttempt, heard }: { isSecondAttempt: boolean; heard: Promise<unknown> },
  signal: AbortSignal,
): Promise<{ request: StepRequest; briefing: string | null }> {
  const { run, due, model } = work
  const { phase, iteration } = due
  const { id } = run.row
  const knowing = earlierWords(ctx, id)
  // The database and the repository are read at once.
  const [{ steps, plan, questions }, messages, briefing, patch, checks] = await Promise.all([
    knowing,
    heard.then(() => listMessages(ctx.db, id)),
    mayEdit(phase) ? briefStep(ctx, work, knowing, signal) : null,
    phase === 'review' ? wholePatch(run, signal) : null,
    phase === 'review' ? listChecks(ctx.db, id) : [],
  ])
  const checkCommand = mayEdit(phase) ? run.project.check_command : null
  const prompt = stepPrompt({
    phase,
    iteration,
    isSecondAttempt,
    maxIterations: run.row.max_iterations,
    task: { key: run.taskKey, title: run.task.title, description: described(run.task) },
    checkCommand,
    briefing,
    plan,
    patch,
    checks: checksOf(checks, steps),
    verdict: due.findings,
    clarifications: questions.flatMap(({ question, answer }) =>
      answer === null ? [] : [{ question, answer }],
    ),
    messages: messages
      .filter(({ status }) => status === 'delivered')
      .map(({ author_name, body }) => ({ author: author_name, body })),
  })
  const sessionId = isSecondAttempt ? null : earlierSession(steps, work)
  const request: StepRequest = {
    executionId: run.row.id,
    phase,
    iteration,
    system: systemPrompt(phase, due.node?.instructions),
    prompt,
    ...(model ? { model } : {}),
    workspace: run.workspace.path,
    tools: mayEdit(phase) ? 'edit' : 'read-only',
    checkCommand,
    ...schemaOf(phase),
    ...(sessionId ? { sessionId } : {}),
    limits: STEP_LIMITS,
  }
  return { request, briefing }
}

/** What was planned, done and answered until now. */
async function earlierWords(ctx: Pick<OrchestratorContext, 'db'>, id: ExecutionId): Promise<Known> {
  const [steps, questions] = await Promise.all([listStepOutlines(ctx.db, id), listQuestions(ctx.db, id)])
  return { steps, plan: planOf(steps), questions }
}

/** What the checks said of the work that is reviewed, a line each. */
function checksOf(checks: readonly StepCheck[], steps: readonly StepOutline[]): string | null {
  const last = steps.findLast(
    ({ phase, status }) => status === 'completed' && (phase === 'development' || phase === 'fix'),
  )
  const said = checks.filter((check) => last && check.step_id === last.id && check.kind !== 'setup')
  if (said.length === 0) return null
  const known = checks
    .filter((check) => check.step_id === null && isFailed(check))
    .map(({ command }) => command)
  return said
    .map(
      (check) =>
        `${outcomeText(check)}${known.includes(check.command) ? ' It failed before the work, too.' : ''}`,
    )
    .join('\n')
}

/** What the card asks for, with how to tell that it is done. */
function described({ description, acceptance_criteria: criteria }: Run['task']): string | null {
  const parts = [description, criteria ? `Acceptance criteria:\n${criteria}` : null].filter(Boolean)
  return parts.length > 0 ? parts.join('\n\n') : null
}

/** The conversation of the same step that was ended before it was finished, when the agent is the same. */
function earlierSession(steps: readonly StepOutline[], { step, provider }: StepWork): string | null {
  const earlier = steps.findLast(
    (row) => row.id !== step.id && row.node_path === step.node_path && row.status !== 'completed',
  )
  return earlier?.provider === provider ? earlier.session_id : null
}

function schemaOf(phase: AgentPhase): Pick<StepRequest, 'outputSchema'> {
  if (phase === 'review') return { outputSchema: VERDICT_SCHEMA }
  return phase === 'clarity' ? { outputSchema: CLARITY_SCHEMA } : {}
}

/** Mostly all is in the last commit, which takes fewer looks than a workspace as it is. */
async function wholePatch(run: Run, signal: AbortSignal): Promise<string> {
  const { path, branch, baseCommit } = run.workspace
  const head = run.row.head_commit
  const patchOf = (source: DiffSource) =>
    filePatch({ source, baseCommit, path: '.', mostBytes: REVIEW_PATCH_BYTES, signal })
  const [isKept, kept] = await Promise.all([
    head !== null && isUntouched(path, { branch, commit: head }, signal),
    // A commit that is not there is one that the workspace is not at.
    head === null ? null : patchOf({ workspace: path, head }).catch(() => null),
  ])
  const { patch, truncated } = isKept && kept ? kept : await patchOf({ workspace: path })
  return truncated ? `${patch}[the patch is longer; view the files for the rest]` : patch
}
