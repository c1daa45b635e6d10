import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noteBegun } from '#electron/workspaces/begun-merge.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { writeFiles } from '../helpers/git-fixture.ts'
import type { KilledWork } from '../helpers/killed-while-writing.ts'
import { makeSmallDisk, mayMakeDisks } from '../helpers/small-disk.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

/** A merge into a plain folder, or its revert, that does not come to its end: what the card says, and what can be done. */
let sum: SumApp
let programs: BuiltPrograms<'killed'>
eachOnSumApp((made) => {
  sum = made
})
beforeAll(async () => {
  programs = await buildPrograms({ killed: 'test/helpers/killed-while-writing.ts' })
})
afterAll(() => programs.remove())

const HALF_WAY = 7
const BEFORE = Object.keys(SUM_REPOSITORY).sort()

/** Work on a plain folder, with two files more than the agents made. */
async function finished(plain = path.join(sum.folder, 'plain')) {
  await mkdir(plain, { recursive: true })
  await writeFiles(plain, SUM_REPOSITORY)
  sum.repo = plain
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  const copy = end.workspace_path ?? ''
  await writeFiles(copy, { 'about.md': 'a', 'usage.md': 'u' })
  await sum.app.api.executions.previewMerge({ id }) // commits them
  return { id, copy, plain, end }
}

type Work = Awaited<ReturnType<typeof finished>>

async function kill(work: KilledWork): Promise<void> {
  const child = spawn(process.execPath, [programs.path.killed, JSON.stringify(work)], { stdio: 'inherit' })
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL'])
}

/** Another app was at it, and is dead. */
async function killedMerge({ copy, plain, end }: Work): Promise<void> {
  const baseCommit = end.base_commit ?? ''
  const request = {
    repoPath: plain,
    branch: end.branch ?? '',
    baseCommit,
    baseBranch: null,
    copy: { path: copy, baseCommit },
    message: 'm',
  }
  await kill({ does: 'merge', killBefore: HALF_WAY, within: plain, request })
}

/** The next start on the same data folder, to its end. */
async function startAgain(): Promise<void> {
  const next = await openTestApp({ beside: sum.app, env: { RANGERS_DATA_DIR: sum.app.dataFolder } })
  await next[Symbol.asyncDispose]()
}

const logOf = async (id: ExecutionId) => JSON.stringify(await sum.app.api.executions.events({ id }))

it('the next start says that a merge was interrupted, once; it is not discarded by halves, and is taken back', async () => {
  const work = await finished()
  const { id, plain } = work
  const { executions } = sum.app.api
  expect(await executions.interruptedMerge({ id })).toBeNull()
  await killedMerge(work)
  for (const _start of ['one', 'two']) await startAgain()
  const told = await sum.app.api.notifications.list({})
  expect(told.filter(({ title }) => /^The merge of PLA-1 .* was interrupted$/.test(title))).toHaveLength(1)
  expect(await executions.interruptedMerge({ id })).toEqual({
    direction: 'merge',
    folder: plain,
    done: ['about.md'],
    open: ['sum.js', 'usage.md'],
    changed: [],
    obstacle: null,
  })
  expect((await refusalOf(executions.discard({ id }))).detail).toMatchObject({
    error: 'MERGE_INTERRUPTED',
    message: expect.stringContaining('Finish the merge or take it back first.'),
  })
  await writeFile(path.join(plain, 'usage.md'), 'mine')
  expect(await executions.previewMerge({ id })).toMatchObject({ state: 'conflict', files: ['usage.md'] })
  expect(await executions.takeBackMerge({ id })).toEqual({ back: ['about.md'], left: ['usage.md'] })
  expect((await readdir(plain)).sort()).toEqual([...BEFORE, 'usage.md'])
  expect(await executions.interruptedMerge({ id })).toBeNull()
  expect((await refusalOf(executions.takeBackMerge({ id }))).detail).toMatchObject({
    error: 'NOT_INTERRUPTED',
  })
  expect(await executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
})

it('no agents begin in a folder that is half merged, until it is whole again', async () => {
  const work = await finished()
  const { id } = work
  const { task, progress } = await openCard(sum, 'Another')
  const { executions, tasks } = sum.app.api
  await killedMerge(work)
  expect(await executions.halfMerged()).toEqual([{ execution_id: id, direction: 'merge' }])

  const message = expect.stringMatching(
    /^The merge of PLA-1 stopped half-way, .* choose “Finish merge…” or “Take back…”/,
  )
  const refused = { error: 'MERGE_INTERRUPTED', message }
  expect((await refusalOf(executions.start({ task_id: task.id }))).detail).toMatchObject(refused)
  const { version } = await tasks.get({ id: task.id })
  const move = { id: task.id, version, column_id: progress.id, order: 1 }
  expect((await refusalOf(tasks.move(move))).detail).toMatchObject(refused)

  // As if this app were at it: then it is seen when the folder would be copied.
  const { copy: workspace, plain: folder, end: finish } = work
  const [from, to] = [finish.base_commit ?? '', finish.head_commit ?? '']
  await noteBegun(workspace, { direction: 'merge', folder, from, to, paths: [] })
  const early = await executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, early.id)
  expect(end).toMatchObject({ status: 'failed', workspace_path: null, error_message: message })

  await executions.takeBackMerge({ id })
  expect(await executions.halfMerged()).toEqual([])
  await executions.resume({ id: early.id })
  expect((await toTheEnd(sum.app, early.id, end.last_sequence)).end).toMatchObject({ status: 'completed' })
})

it('an interrupted merge is finished, and is nothing that is interrupted any more', async () => {
  const work = await finished()
  const { id, plain } = work
  await killedMerge(work)
  const { executions } = sum.app.api
  expect(await executions.previewMerge({ id })).toMatchObject({ state: 'ready' })
  await executions.merge({ id })
  expect((await readdir(plain)).sort()).toEqual(['about.md', ...BEFORE, 'usage.md'])
  expect(await readFile(path.join(plain, 'sum.js'), 'utf8')).toContain('Number(a)')
  expect(await executions.interruptedMerge({ id })).toBeNull()
})

it('an interrupted revert is finished, or the merge is made whole again', async () => {
  const work = await finished()
  const { id, plain, copy } = work
  const { executions } = sum.app.api
  await executions.merge({ id })
  const { head_commit, branch, base_commit } = await executions.get({ id })
  const request = {
    folder: plain,
    root: path.dirname(copy),
    executionId: id,
    branch: branch ?? '',
    baseCommit: base_commit ?? '',
    head: head_commit ?? '',
    title: 't',
  }
  const killedRevert = () => kill({ does: 'revert', killBefore: HALF_WAY, within: plain, request })
  await killedRevert()
  expect(await executions.interruptedMerge({ id })).toMatchObject({ direction: 'revert', obstacle: null })
  expect(await readdir(plain)).not.toEqual(['about.md', ...BEFORE, 'usage.md'])
  await executions.takeBackMerge({ id })
  expect((await readdir(plain)).sort()).toEqual(['about.md', ...BEFORE, 'usage.md'])
  expect(await executions.get({ id })).toMatchObject({ resolution: 'merged' })

  await killedRevert()
  await executions.revertMerge({ id })
  expect((await readdir(plain)).sort()).toEqual(BEFORE)
  expect(await executions.interruptedMerge({ id })).toBeNull()
})

it('where the copy is lost, it is said which files to look at, and the work can be discarded', async () => {
  const work = await finished()
  const { id, copy } = work
  await killedMerge(work)
  await rm(copy, { recursive: true })
  const { executions } = sum.app.api
  expect(await executions.interruptedMerge({ id })).toMatchObject({
    open: ['about.md', 'sum.js', 'usage.md'],
    obstacle: expect.stringContaining('is not there any more'),
  })
  expect(await executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
  expect(await logOf(id)).toContain('Look at these files: about.md, sum.js, usage.md.')
})

it.skipIf(!(await mayMakeDisks()))(
  'a merge that a full disk breaks off says so, and goes on with room',
  async () => {
    await using disk = await makeSmallDisk(4)
    const plain = path.join(disk.path, 'plain')
    const { id, copy } = await finished(plain)
    await writeFiles(copy, { 'about.md': 'a', 'large.bin': 'x'.repeat(1024 * 1024) })
    await disk.fill()
    const { executions } = sum.app.api
    expect((await refusalOf(executions.merge({ id }))).detail).toMatchObject({ error: 'FOLDER_NOT_WRITTEN' })
    expect(await executions.interruptedMerge({ id })).toBeNull() // no file was changed
    await disk.empty()
    await executions.merge({ id })
    expect(await readdir(plain)).toContain('large.bin')
  },
)
