import { listChecks } from '#db/queries/checks.ts'
import { listLabels } from '#db/queries/labels.ts'
import type { StepOutline } from '#db/queries/steps.ts'
import { listBlockers } from '#db/queries/task-links.ts'
import type { StepCheck } from '#shared/check.ts'
import type { ClarificationQuestion } from '#shared/clarification.ts'
import { endOf, isFailed, outcomeText } from '../checks/findings.ts'
import { redact } from '../redact.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { briefingMarkdown } from './briefing-markdown.ts'
import { criteriaOf } from './checklist.ts'
import { findConventions } from './conventions.ts'
import { relevantFiles } from './relevant-files.ts'
import { listRepository, readBeginning } from './workspace-reader.ts'

/** What is known of the execution when a step begins. */
export interface Known {
  plan: string | null
  steps: readonly StepOutline[]
  questions: readonly ClarificationQuestion[]
}

/**
 * The package of seed 4 that a developer is given for a step, made anew for each round from what is true then. The
 * repository is looked at while what is known is still being read.
 */
export async function buildBriefing(
  ctx: OrchestratorContext,
  run: Run,
  iteration: number,
  known: Promise<Known>,
  signal: AbortSignal,
): Promise<string> {
  const { task, project } = run
  const [{ plan, steps, questions }, checks, labels, blockers, paths] = await Promise.all([
    known,
    listChecks(ctx.db, run.row.id),
    listLabels(ctx.db, task.board_id),
    listBlockers(ctx.db, [task.id]),
    listRepository(run.workspace.path, signal),
  ])
  const done = steps.filter((row) => row.status === 'completed')
  const pitfalls = pitfallsOf(done, checks)
  const conventions = findConventions(paths)
  const guides = await readGuides(run.workspace.path, conventions.guides)
  const texts = [task.title, task.description, task.acceptance_criteria, plan, ...pitfalls]
  const files = await relevantFiles(run.workspace.path, paths, texts, signal)
  const [prefix] = run.taskKey.split('-')
  const hints = labels.filter((label) => task.label_ids.includes(label.id) && /agent/i.test(label.name))
  const text = briefingMarkdown({
    key: run.taskKey,
    title: task.title,
    description: task.description,
    iteration,
    maxIterations: run.row.max_iterations,
    agentHints: hints.map((label) => label.name),
    criteria: criteriaOf(task.acceptance_criteria),
    dependencies: blockers.map((blocker) => `${prefix}-${blocker.number}: ${blocker.title}`),
    plan,
    answers: questions.flatMap(({ question, answer }) => (answer === null ? [] : [{ question, answer }])),
    files,
    conventions,
    guides,
    pitfalls,
    commands: {
      setup: project.setup_command,
      lint: project.lint_command,
      test: project.check_command,
      run: project.run_command,
    },
  })
  const key = ctx.credentials.key()
  return redact(text, key ? [key] : [])
}

async function readGuides(workspace: string, paths: readonly string[]) {
  const texts = await Promise.all(paths.map((path) => readBeginning(workspace, path)))
  return paths.flatMap((path, index) => {
    const text = texts[index]
    return text ? [{ path, text }] : []
  })
}

/** What went wrong in earlier rounds: the latest findings of a reviewer, and the checks that failed last. */
function pitfallsOf(steps: readonly StepOutline[], checks: readonly StepCheck[]): string[] {
  const verdicts = steps.flatMap(({ verdict, iteration, phase }) =>
    verdict && phase === 'review' ? [{ verdict, iteration }] : [],
  )
  const findings = verdicts.slice(-2).flatMap(({ verdict, iteration }) =>
    verdict.status === 'APPROVED'
      ? []
      : verdict.findings.slice(0, 20).map(({ severity, file, line, finding }) => {
          const place = file ? ` (\`${file}${line === null ? '' : `:${line}`}\`)` : ''
          return `Round ${iteration}, ${severity}${place}: ${finding.slice(0, 500)}`
        }),
  )
  const last = checks.findLast((check) => check.kind === 'lint' || check.kind === 'test')
  const failed = checks.filter((check) => check.step_id === last?.step_id && isFailed(check))
  const failures = failed.map(
    (check) =>
      `The ${check.kind} command ${outcomeText(check)} The end of its output: ${endOf(check.output, 2_000)}`,
  )
  return [...findings, ...failures]
}
