import { listSteps, presentStep } from '#db/queries/steps.ts'
import { listWaits } from '#db/queries/waits.ts'
import type { DiffSummary, FilePatch } from '#shared/diff.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import {
  type ChangeCounts,
  type CompareRounds,
  compareFindings,
  finishedRounds,
  type Round,
  type RoundComparison,
  type RoundPatch,
} from '#shared/round.ts'
import type { AppContext } from '../context.ts'
import { isAncestor, resolveCommit } from '../platform/git-repository.ts'
import { type CommitSource, diffSummary, filePatch } from '../workspaces/diff.ts'
import { findResult, keptSource, type Result } from './find-result.ts'

type ReadContext = Pick<AppContext, 'db' | 'places'>

/**
 * Two finished rounds of an execution side by side. Throws RefusedError NO_TWO_ROUNDS before there are two, NotFoundError
 * for a round that is not finished. Where their commits are gone, what the rows tell is given without a diff.
 */
export async function compareRounds(
  ctx: ReadContext,
  { id, from, to }: CompareRounds,
  signal: AbortSignal,
): Promise<RoundComparison> {
  const result = await findResult(ctx, id)
  const rounds = await roundsOf(ctx, result)
  if (rounds.length < 2) {
    throw new RefusedError(
      'NO_TWO_ROUNDS',
      'There is one finished round at most, so there is nothing to compare it with. Ask for changes to get another.',
    )
  }
  const before = from === undefined ? rounds.at(-2) : find(rounds, from)
  const after = to === undefined ? rounds.at(-1) : find(rounds, to)
  if (!before || !after) throw new NotFoundError('Round', String(before ? to : from))
  const [fromChanges, toChanges, compared] = await Promise.all([
    changesOf(result, before, signal),
    changesOf(result, after, signal),
    between(result, before, after, signal),
  ])
  return {
    rounds: rounds.map(({ iteration }) => iteration),
    from: { ...before, changes: fromChanges },
    to: { ...after, changes: toChanges },
    ...compareFindings(before.verdict?.findings ?? [], after.verdict?.findings ?? []),
    ...('reason' in compared
      ? { diff: null, no_diff: compared.reason }
      : { diff: compared.diff, no_diff: null }),
  }
}

/** One file's patch from the end of one round to the end of another; of a renamed file against its former path. */
export async function roundPatch(
  ctx: ReadContext,
  { id, from, to, path }: RoundPatch,
  signal: AbortSignal,
): Promise<FilePatch> {
  const result = await findResult(ctx, id)
  const rounds = await roundsOf(ctx, result)
  const [before, after] = [find(rounds, from), find(rounds, to)]
  if (!before || !after) throw new NotFoundError('Round', String(before ? to : from))
  const found = await between(result, before, after, signal)
  if ('reason' in found) throw new RefusedError('COMMIT_GONE', found.reason)
  const { source, diff } = found
  const oldPath = diff.files.find((file) => file.path === path)?.old_path ?? null
  return filePatch({ source, baseCommit: diff.base_commit, path, oldPath, signal })
}

async function roundsOf(ctx: ReadContext, { execution }: Result): Promise<Round[]> {
  const steps = await listSteps(ctx.db, execution.id)
  const waits = await listWaits(ctx.db, [execution], steps)
  return finishedRounds(
    execution,
    steps.map((step) => presentStep({ ...step, waits: waits.ofStep(step.id) })),
  )
}

function find(rounds: readonly Round[], iteration: number | undefined): Round | undefined {
  return rounds.find((round) => round.iteration === iteration)
}

/** What is different between the ends of two rounds, and where it lies; or the sentence why that cannot be told. */
async function between(
  result: Result,
  before: Round,
  after: Round,
  signal: AbortSignal,
): Promise<{ diff: DiffSummary; source: CommitSource } | { reason: string }> {
  const [base, source] = await Promise.all([
    sourceOf(result, before, signal),
    sourceOf(result, after, signal),
  ])
  if ('reason' in base) return base
  if ('reason' in source) return source
  return { diff: await diffSummary({ source, baseCommit: base.head, signal }), source }
}

/** All that there was at the end of a round against where the execution began; null when that cannot be told. */
async function changesOf(result: Result, round: Round, signal: AbortSignal): Promise<ChangeCounts | null> {
  const source = await sourceOf(result, round, signal)
  if ('reason' in source) return null
  // After a reverted merge the work begins anew: what earlier rounds had changed of its new beginning says nothing.
  if ('repo' in source && !(await isAncestor(source.repo, result.workspace.base_commit, source.head, signal)))
    return null
  const { files, additions, deletions } = await diffSummary({
    source,
    baseCommit: result.workspace.base_commit,
    signal,
  })
  return { files: files.length, additions, deletions }
}

/** Where the commit of a round lies: in the project's repository, or in the copy of a plain folder. */
async function sourceOf(
  result: Result,
  { iteration, commit }: Round,
  signal: AbortSignal,
): Promise<CommitSource | { reason: string }> {
  if (!commit) return { reason: `Round ${iteration} ended before anything was written.` }
  const place = await placeOf(result)
  if ('reason' in place) return place
  const at = 'repo' in place ? place.repo : place.workspace
  const found = await resolveCommit(at, commit, signal).catch(() => null)
  if (!found) {
    return {
      reason: `The commit of round ${iteration} is not to be found in ${at} any more, so its changes cannot be shown.`,
    }
  }
  return { ...place, head: commit }
}

async function placeOf(
  result: Result,
): Promise<{ repo: string } | { workspace: string } | { reason: string }> {
  if (result.project.is_repository) return { repo: result.project.path }
  try {
    const kept = await keptSource(result)
    return kept ? { repo: kept.repo } : { workspace: result.workspace.path }
  } catch (error) {
    if (error instanceof RefusedError) return { reason: error.message }
    throw error
  }
}
