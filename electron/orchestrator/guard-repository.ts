import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { insertRepositoryChanges, listOwnPlaces } from '#db/queries/repository-changes.ts'
import { readMarker } from '../workspaces/marker.ts'
import { differenceOf, type FoundChange } from '../workspaces/repository-difference.ts'
import { RepositorySnapshot, snapshotRepository } from '../workspaces/repository-snapshot.ts'
import { recordOwn } from './record-own.ts'
import { keepRemedy } from './repository-remedy.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { mayEdit } from './step-input.ts'

/** After an abort, there is little time to look. */
const LAST_LOOK_MS = 2000
/** Clocks of the app and the database differ a little. */
const SLACK_MS = 5000
const MOST_CHANGES = 200

/** Steps that this app guards right now; the snapshots of others are left over from a crash. */
const guarded = new Set<string>()

/**
 * Compares what all worktrees of the repository share (refs, stash, checkouts, hooks, settings) before and after a step.
 * What has changed outside the execution's own branch is reported: whether an agent did it or a person in their own
 * checkout cannot be told, so nothing is undone here. After a crash the step that is begun next reports for both. What is
 * found is told once what was done is `stored`.
 */
export async function guardRepository<T>(
  ctx: OrchestratorContext,
  work: StepWork,
  signal: AbortSignal,
  act: () => Promise<T>,
  stored?: (done: T) => Promise<unknown>,
): Promise<T> {
  const { run, step, due, provider } = work
  // In our own process nothing is run in such a phase.
  const isHarmless = !mayEdit(due.phase) && (provider === 'anthropic' || provider === 'scripted')
  if (!run.project.is_repository || isHarmless) return act()
  const folder = path.join(ctx.config.dataFolder, 'guard', run.row.id)
  const file = path.join(folder, `${step.id}.json`)
  const since = new Date(ctx.now().getTime() - SLACK_MS)
  guarded.add(step.id)
  const before = (await takeLeftOver(folder)) ?? (await snapshotRepository(run.project.path, signal))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(before), { mode: 0o600 })
  let told: Promise<unknown> | undefined
  try {
    const done = await act()
    told = stored?.(done)
    return done
  } finally {
    const lookSignal = signal.aborted ? AbortSignal.timeout(LAST_LOOK_MS) : signal
    await report(ctx, work, { before, since, told }, lookSignal)
      .then(() => rm(file, { force: true }))
      .catch((error: unknown) =>
        ctx.log.warn(
          { err: error, execution_id: run.row.id },
          'the repository was not compared after a step',
        ),
      )
    guarded.delete(step.id)
  }
}

async function report(
  ctx: OrchestratorContext,
  { run, step }: StepWork,
  { before, since, told }: Pick<Look, 'before' | 'since'> & { told: Promise<unknown> | undefined },
  signal: AbortSignal,
): Promise<void> {
  const after = await snapshotRepository(run.project.path, signal, before)
  const found = await foreignChanges(ctx, run, { before, after, since })
  if (found.length === 0) return
  const rows = found.map(({ remedy, ...change }) => ({
    ...change,
    remedy,
    id: ctx.newId(),
    execution_id: run.row.id,
    step_id: step.id,
  }))
  await told
  for (const { id, remedy } of rows) await keepRemedy(ctx.config.dataFolder, run.row.id, id, remedy)
  await recordOwn(ctx, run.row.id, { type: 'note' }, signal, async ({ work, log }) => {
    await insertRepositoryChanges(
      work.tx,
      rows.map(({ remedy: _, ...row }) => row),
    )
    log({ type: 'notice', level: 'warn', text: sentence(found) }, step.id)
  })
}

interface Look {
  before: RepositorySnapshot
  after: RepositorySnapshot
  since: Date
}

/** What has changed outside all that is the app's own. Mostly nothing has, and then nobody need be asked what else is. */
async function foreignChanges(
  ctx: OrchestratorContext,
  { project, workspace }: Run,
  { before, after, since }: Look,
): Promise<FoundChange[]> {
  const ours = { paths: [workspace.path], branches: [workspace.branch] }
  if (differenceOf(before, after, ours).length === 0) return []
  const [own, made] = await Promise.all([
    listOwnPlaces(ctx.db, project.id, since),
    markedPlaces(path.dirname(workspace.path), Object.keys(after.heads)),
  ])
  const all = { paths: [...own.paths, ...made, ...ours.paths], branches: [...own.branches, ...ours.branches] }
  return differenceOf(before, after, all).slice(0, MOST_CHANGES)
}

/** Checkouts that this app makes at this moment are in no row yet; their markers come first. */
async function markedPlaces(root: string, places: readonly string[]): Promise<string[]> {
  const beside = places.filter((place) => path.dirname(place) === root)
  const marked = await Promise.all(beside.map(async (place) => ((await readMarker(place)) ? [place] : [])))
  return marked.flat()
}

function sentence(found: readonly FoundChange[]): string {
  const names = found.slice(0, 5).map(({ kind, name }) => `${kind} ${name}`)
  const more = found.length > names.length ? ` and ${found.length - names.length} more` : ''
  return (
    `Changed outside this work’s own branch during the step: ${names.join(', ')}${more}. If that was not you, undo it ` +
    'in “Changes of the repository”.'
  )
}

async function takeLeftOver(folder: string): Promise<RepositorySnapshot | null> {
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => /^[\w-]+\.json$/.test(name) && !guarded.has(name.slice(0, -5)))
  let oldest: RepositorySnapshot | null = null
  for (const name of left.sort()) {
    const file = path.join(folder, name)
    const text = await readFile(file, 'utf8').catch(() => '')
    oldest ??= read(text)
    await rm(file, { force: true })
  }
  return oldest
}

/** One that was being written when the app died is none. */
function read(text: string): RepositorySnapshot | null {
  try {
    return RepositorySnapshot.parse(JSON.parse(text))
  } catch {
    return null
  }
}
