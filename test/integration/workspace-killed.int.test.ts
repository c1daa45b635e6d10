import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { forgetBegun, readBegun } from '#electron/workspaces/begun-merge.ts'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { closeMergedWorkspace, discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { revertFolder } from '#electron/workspaces/revert-folder.ts'
import { lookAtBegun, takeBackBegun } from '#electron/workspaces/take-back-begun.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import { gitIn, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'
import type { KilledWork } from '../helpers/killed-while-writing.ts'

/** An app that is killed while it writes into a plain folder, at each of its steps. */
let programs: BuiltPrograms<'killed'>
let plain: string
let root: string
let copy: Workspace
let remove: () => Promise<void>
const signal = new AbortController().signal

const BEFORE = { 'a.txt': 'a', 'gone/g.txt': 'g', 'mine.txt': 'm', 'sub/b.txt': 'b' }
const AFTER = { 'a.txt': 'A', 'mine.txt': 'm', 'new/n.txt': 'n', 'sub/b.txt': 'B' }
/** More steps than it has. */
const MOST = 60

beforeAll(async () => {
  programs = await buildPrograms({ killed: 'test/helpers/killed-while-writing.ts' })
})
afterAll(() => programs.remove())
beforeEach(async () => {
  const made = await temporaryFolder()
  remove = made.remove
  root = join(made.path, 'workspaces')
  plain = join(made.path, 'my notes')
  await writeFiles(plain, BEFORE)
  const project = { path: plain, is_repository: false }
  copy = await createWorkspace({ project, root, executionId: 'e1', branch: 'rangers/P-1', signal })
  await rm(join(copy.path, 'gone'), { recursive: true })
  await writeFiles(copy.path, { 'a.txt': 'A', 'new/n.txt': 'n', 'sub/b.txt': 'B' })
  await commitWorkspace({ path: copy.path, message: 'work', signal })
})
afterEach(() => remove())

const request = () => ({
  repoPath: plain,
  branch: copy.branch,
  baseBranch: null,
  baseCommit: copy.baseCommit,
  copy,
  message: 'm',
})
const ask = () => ({ ...request(), signal })

/** The signal that ended it; null when it came to its end. */
async function run(work: KilledWork): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [programs.path.killed, JSON.stringify(work)], { stdio: 'inherit' })
  const [code, ended] = await once(child, 'close')
  if (ended === null) expect(code).toBe(0)
  return ended
}

const killedAt = (killBefore: number) => run({ does: 'merge', killBefore, within: plain, request: request() })

/** All files of the folder, also those that are not the person's. */
async function files(): Promise<Record<string, string>> {
  const found = await readdir(plain, { recursive: true, withFileTypes: true })
  const paths = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
  const all = await Promise.all(
    paths.map(async (path) => [path.slice(plain.length + 1), await readFile(path, 'utf8')] as const),
  )
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

async function begun() {
  const found = await readBegun(copy.path)
  if (!found) throw new Error('nothing was written down')
  return found
}

const isHalf = (now: Record<string, string>) => {
  const is = (all: Record<string, string>) => JSON.stringify(now) === JSON.stringify(all)
  return !is(BEFORE) && !is(AFTER)
}

test('killed at any step, a merge is finished or taken back, and nothing is left of the other', async () => {
  let halves = 0
  for (let step = 1; ; step += 1) {
    expect(step).toBeLessThan(MOST)
    if ((await killedAt(step)) === null) break
    const now = await files()
    if (isHalf(now)) {
      halves += 1
      const { done, open, changed } = await lookAtBegun(await begun(), copy.path, signal)
      expect([...done, ...open].sort()).toEqual(['a.txt', 'gone/g.txt', 'new/n.txt', 'sub/b.txt'])
      expect(changed).toEqual([])
      await expect(discardWorkspace({ root, executionId: 'e1', signal })).rejects.toMatchObject({
        detail: { error: 'MERGE_INTERRUPTED' },
      })
    }
    if (step % 2 === 0) {
      expect(await previewMerge(ask())).toMatchObject({ state: 'ready' })
      await mergeWorkspace(ask())
      expect(await files()).toEqual(AFTER)
    }
    const noted = await readBegun(copy.path)
    if (noted) await takeBackBegun(noted, copy.path, signal)
    expect(await files()).toEqual(BEFORE)
    await forgetBegun(copy.path)
  }
  expect(halves).toBeGreaterThan(3)
}, 120_000)

/** A step at which a part of it is there. */
const HALF_WAY = 8

test('what a person has made of the files since is named and left', async () => {
  await killedAt(HALF_WAY)
  expect(await files()).toSatisfy(isHalf)
  await writeFiles(plain, { 'sub/b.txt': 'mine', 'gone/g.txt': 'mine too', 'other.txt': 'o' })
  expect((await lookAtBegun(await begun(), copy.path, signal)).changed).toEqual(['gone/g.txt', 'sub/b.txt'])
  expect(await previewMerge(ask())).toMatchObject({ state: 'conflict', files: ['gone/g.txt', 'sub/b.txt'] })
  const { left } = await takeBackBegun(await begun(), copy.path, signal)
  expect(left).toEqual(['gone/g.txt', 'sub/b.txt'])
  expect(await files()).toEqual({
    ...BEFORE,
    'gone/g.txt': 'mine too',
    'other.txt': 'o',
    'sub/b.txt': 'mine',
  })
})

test('agents that go on after a merge was interrupted stand in no conflict with it', async () => {
  await mergeWorkspace(ask()) // all is there, and nobody has written that down
  await writeFiles(copy.path, { 'a.txt': 'AA', 'new/n.txt': 'nn', 'sub/b.txt': 'b' })
  await rm(join(copy.path, 'new'), { recursive: true })
  await writeFiles(copy.path, { 'gone/g.txt': 'g' })
  await commitWorkspace({ path: copy.path, message: 'more', signal })
  expect(await previewMerge(ask())).toMatchObject({ state: 'ready' })
  await mergeWorkspace(ask())
  expect(await files()).toEqual({ ...BEFORE, 'a.txt': 'AA' })
  await takeBackBegun(await begun(), copy.path, signal)
  expect(await files()).toEqual(BEFORE)
})

test('a revert that was killed is finished, or the merge is there again', async () => {
  const head = await gitIn(copy.path, 'rev-parse', 'HEAD')
  await mergeWorkspace(ask())
  await forgetBegun(copy.path)
  await closeMergedWorkspace({ root, executionId: 'e1', signal })
  const revert = {
    folder: plain,
    root,
    executionId: 'e1',
    branch: copy.branch,
    baseCommit: copy.baseCommit,
    head,
    title: 'P-1: do it',
  }
  const kill = () => run({ does: 'revert', killBefore: HALF_WAY, within: plain, request: revert })
  await kill()
  expect(await files()).toSatisfy(isHalf)
  expect(await begun()).toMatchObject({ direction: 'revert' })
  await takeBackBegun(await begun(), copy.path, signal)
  expect(await files()).toEqual(AFTER)
  await forgetBegun(copy.path)

  await kill()
  expect(await files()).toSatisfy(isHalf)
  await revertFolder({ ...revert, signal })
  expect(await files()).toEqual(BEFORE)
})
