import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { closeMergedWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { previewRevert, revertMerge } from '#electron/workspaces/revert-merge.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

const FIRST = 'one\ntwo\nthree\nfour\nfive\n'
const SECOND = 'one\n2\nthree\nfour\nfive\n'

let folder: string
let repo: string
let root: string
let workspace: Workspace
let head: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  root = join(folder, 'workspaces')
  repo = await makeRepository(join(folder, 'répo one'), { 'a.txt': FIRST, 'b.txt': 'b\n' })
  workspace = await createWorkspace({
    project: { path: repo, is_repository: true },
    root,
    executionId: 'e1',
    branch: 'rangers/RNG-1',
    signal,
  })
  await work({ 'new ü.txt': 'n\n' }, 'first step')
  await work({ 'a.txt': SECOND }, 'second step')
})
afterEach(() => remove())

async function work(files: Record<string, string>, subject: string): Promise<void> {
  await writeFiles(workspace.path, files)
  const message = `${subject}\n\nAgent-Rangers-Execution: e1\n`
  await commitWorkspace({ path: workspace.path, message, signal })
  head = await gitIn(workspace.path, 'rev-parse', 'HEAD')
}

/** As the app merges: the commit names the execution. */
async function merge(branch = workspace.branch): Promise<string> {
  const message = 'Merge RNG-1: do it\n\nAgent-Rangers-Execution: e1\n'
  const { commit } = await mergeWorkspace({ ...workspace, repoPath: repo, branch, signal, message })
  await closeMergedWorkspace({ root, executionId: 'e1', signal })
  return commit
}

const request = () => ({
  repoPath: repo,
  executionId: 'e1',
  baseBranch: workspace.baseBranch,
  baseCommit: workspace.baseCommit,
  head,
  signal,
})
const revert = () => revertMerge({ ...request(), title: 'RNG-1: do it' })
const text = (name: string) => readFile(join(repo, name), 'utf8')

/** The ways in which work comes into its base branch; how many commits of it are taken back. */
const KINDS: [string, number, () => Promise<unknown>][] = [
  ['a merge commit', 1, () => merge()],
  [
    'a merge commit made by hand',
    1,
    () => gitIn(repo, 'merge', '--no-ff', '-m', 'by hand', workspace.branch),
  ],
  ['a fast-forward', 2, () => gitIn(repo, 'merge', '--ff-only', workspace.branch)],
  [
    'a squash',
    1,
    async () => {
      await gitIn(repo, 'merge', '--squash', workspace.branch)
      await gitIn(repo, 'commit', '--quiet', '--no-edit')
    },
  ],
  [
    'a rebase',
    2,
    async () => {
      await writeFiles(repo, { 'b.txt': 'moved on\n' })
      await commitAll(repo, 'before the rebase')
      await gitIn(repo, 'cherry-pick', `${workspace.baseCommit}..${workspace.branch}`)
    },
  ],
]

test.each(KINDS)('%s is taken back by one commit, what came later stays', async (_kind, commits, bring) => {
  await bring()
  await writeFiles(repo, { 'later.txt': 'later\n', 'a.txt': SECOND.replace('five', '5') })
  const tip = await commitAll(repo, 'later')
  const files = ['a.txt', 'new ü.txt']
  expect(await previewRevert(request())).toEqual({ state: 'ready', base_branch: 'main', commits, files })
  expect(await gitIn(repo, 'rev-parse', 'main')).toBe(tip)

  const { commit, work: again } = await revert()
  expect(await gitIn(repo, 'log', '-1', '--format=%H %P %s', 'main')).toBe(
    `${commit} ${tip} Revert “RNG-1: do it”`,
  )
  expect(await gitIn(repo, 'status', '--porcelain', '--untracked-files=all')).toBe('')
  expect(await text('a.txt')).toBe(FIRST.replace('five', '5'))
  expect((await readdir(repo)).sort()).toEqual(['.git', 'a.txt', 'b.txt', 'later.txt'])

  // The work lies on top, with its steps, and a merge brings it again.
  expect(await gitIn(repo, 'diff', '--name-only', '-z', commit, again)).toBe('a.txt\0new ü.txt\0')
  expect(await gitIn(repo, 'merge-base', '--is-ancestor', head, again)).toBe('')
  expect(await previewRevert({ ...request(), baseCommit: commit, head: again })).toMatchObject({
    state: 'unavailable',
    reason: expect.stringContaining('not to be found on “main”'),
  })
  await gitIn(repo, 'branch', 'again', again)
  await merge('again')
  expect(await text('a.txt')).toBe(SECOND.replace('five', '5'))
  expect(await text('new ü.txt')).toBe('n\n')

  // And once more, there and back.
  await revertMerge({ ...request(), baseCommit: commit, head: again, title: 'RNG-1: do it' })
  expect(await text('a.txt')).toBe(FIRST.replace('five', '5'))
})

test('a commit that was squashed of several results is not reverted for one of them', async () => {
  const other = await createWorkspace({
    project: { path: repo, is_repository: true },
    root,
    executionId: 'e2',
    branch: 'rangers/RNG-2',
    signal,
  })
  await writeFiles(other.path, { 'other.txt': 'of others\n' })
  const message = 'other step\n\nAgent-Rangers-Execution: e2\n'
  await commitWorkspace({ path: other.path, message, signal })
  await gitIn(repo, 'switch', '--quiet', '-c', 'both')
  for (const branch of [workspace.branch, other.branch])
    await gitIn(repo, 'merge', '--no-ff', '-m', 'x', branch)
  await gitIn(repo, 'switch', '--quiet', 'main')
  await gitIn(repo, 'merge', '--squash', 'both')
  await gitIn(repo, 'commit', '--quiet', '--no-edit') // with the messages, and so the trailers, of both
  const refs = await gitIn(repo, 'for-each-ref')
  expect(await previewRevert(request())).toMatchObject({
    state: 'unavailable',
    reason: expect.stringContaining('not to be found on “main”'),
  })
  await expect(revert()).rejects.toThrow()
  expect(await gitIn(repo, 'for-each-ref')).toBe(refs)
  expect(await text('other.txt')).toBe('of others\n')
})

test('later commits on the same lines are named, and nothing changes', async () => {
  await merge()
  await writeFiles(repo, { 'a.txt': SECOND.replace('2', 'two and more') })
  await commitAll(repo, 'later')
  const refs = await gitIn(repo, 'for-each-ref')
  expect(await previewRevert(request())).toEqual({ state: 'conflict', base_branch: 'main', files: ['a.txt'] })
  await expect(revert()).rejects.toMatchObject({ detail: { error: 'REVERT_CONFLICT', files: ['a.txt'] } })
  expect(await gitIn(repo, 'for-each-ref')).toBe(refs)
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
})

test('a branch that is open nowhere is moved without touching any checkout', async () => {
  await merge()
  await gitIn(repo, 'switch', '--quiet', '-c', 'elsewhere')
  await writeFiles(repo, { 'a.txt': 'dirty\n' })
  const { commit } = await revert()
  expect(await gitIn(repo, 'rev-parse', 'main')).toBe(commit)
  expect(await gitIn(repo, 'show', 'main:a.txt')).toBe(FIRST.trim())
  expect(await gitIn(repo, 'branch', '--show-current')).toBe('elsewhere')
  expect(await text('a.txt')).toBe('dirty\n')
  expect(await text('new ü.txt')).toBe('n\n')
})

test('what a person has set for merges of the branch changes neither a merge nor a revert', async () => {
  await gitIn(repo, 'config', 'branch.main.mergeOptions', '--squash --no-commit')
  await gitIn(repo, 'config', 'merge.verifySignatures', 'true')
  const merged = await merge()
  expect(await gitIn(repo, 'log', '-1', '--format=%H', 'main')).toBe(merged)
  const { commit } = await revert()
  expect(await gitIn(repo, 'log', '-1', '--format=%H', 'main')).toBe(commit)
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  expect(await text('a.txt')).toBe(FIRST)
})

test('local changes elsewhere stay; those in the way are named and left alone', async () => {
  await merge()
  await writeFiles(repo, { 'b.txt': 'mine\n', 'note.txt': 'mine' })
  await writeFiles(repo, { 'a.txt': 'mine\n' })
  const [refs, status] = [await gitIn(repo, 'for-each-ref'), await gitIn(repo, 'status', '--porcelain')]
  expect(await previewRevert(request())).toMatchObject({ state: 'checkout_in_the_way', files: ['a.txt'] })
  await expect(revert()).rejects.toMatchObject({ detail: { error: 'CHECKOUT_IN_THE_WAY', files: ['a.txt'] } })
  expect(await gitIn(repo, 'for-each-ref')).toBe(refs)
  expect(await gitIn(repo, 'status', '--porcelain')).toBe(status)

  await gitIn(repo, 'checkout', '--quiet', '--', 'a.txt')
  await revert()
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('M b.txt\n?? note.txt')
  expect(await text('a.txt')).toBe(FIRST)
})

test('a merge that was reverted by hand is not reverted again; the work is made ready all the same', async () => {
  const merged = await merge()
  await gitIn(repo, 'revert', '--no-edit', '-m', '1', merged)
  const tip = await gitIn(repo, 'rev-parse', 'main')
  expect(await previewRevert(request())).toEqual({ state: 'already_reverted', base_branch: 'main' })
  const { commit, work: again } = await revert()
  expect(commit).toBe(tip)
  expect(await gitIn(repo, 'rev-parse', 'main')).toBe(tip)
  await gitIn(repo, 'branch', 'again', again)
  expect(await previewMerge({ ...workspace, repoPath: repo, branch: 'again', signal })).toMatchObject({
    state: 'ready',
  })
})

test('what cannot be reverted says why: a branch that is gone or rewritten, an unfinished merge', async () => {
  expect(await previewRevert({ ...request(), baseBranch: 'gone' })).toMatchObject({
    reason: expect.stringContaining('was renamed or removed'),
  })
  await merge()
  expect(await previewRevert({ ...request(), baseBranch: 'gone' })).toEqual({
    state: 'no_base',
    base_branch: 'gone',
    branches: ['main'],
  })
  await gitIn(repo, 'branch', 'side', 'main~1')
  expect(await previewRevert({ ...request(), baseBranch: 'side' })).toMatchObject({
    reason: expect.stringContaining('not to be found on “side”'),
  })
  await gitIn(repo, 'switch', '--quiet', '-c', 'other', 'main~1')
  await writeFiles(repo, { 'b.txt': 'other\n' })
  await commitAll(repo, 'other')
  await gitIn(repo, 'switch', '--quiet', 'main')
  await writeFiles(repo, { 'b.txt': 'main\n' })
  await commitAll(repo, 'main')
  await gitIn(repo, 'merge', 'other').catch(() => undefined)
  expect(await previewRevert(request())).toMatchObject({
    reason: expect.stringContaining('merge is under way'),
  })
})

test('given up before it begins, nothing has changed', async () => {
  await merge()
  const refs = await gitIn(repo, 'for-each-ref')
  const given = AbortSignal.abort(new Error('given up'))
  await expect(revertMerge({ ...request(), signal: given, title: 'x' })).rejects.toThrow('given up')
  expect(await gitIn(repo, 'for-each-ref')).toBe(refs)
})
