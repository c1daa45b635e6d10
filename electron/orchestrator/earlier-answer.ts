import type { AnsweredStep } from '#db/queries/steps.ts'
import { isAncestor, resolveCommit } from '../platform/git-repository.ts'
import type { Answer } from './ask-step.ts'
import type { Run } from './run-context.ts'
import { NOTHING } from './spending.ts'

/**
 * The answer of a step that was ended while its work was checked, which need not be paid for again. Null: its commit is
 * not in the workspace; it may be on the computer that the work began on.
 */
export async function earlierAnswer(
  { workspace }: Run,
  { head_commit: commit, output_content, model }: AnsweredStep,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (!commit || !(await hasCommit(workspace.path, commit, signal))) return null
  const result = { status: 'completed', text: output_content ?? '', turns: 0, ...NOTHING, model } as const
  return { result, verdict: null, report: null, spent: NOTHING, stored: Promise.resolve() }
}

async function hasCommit(path: string, commit: string, signal: AbortSignal): Promise<boolean> {
  return (await resolveCommit(path, commit, signal)) !== null && isAncestor(path, commit, 'HEAD', signal)
}
