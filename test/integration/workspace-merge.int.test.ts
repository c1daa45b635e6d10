import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { diffSummary, filePatch } from '#electron/workspaces/diff.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { closeMergedWorkspace, discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

let folder: string
let repo: string
let root: string
let workspace: Workspace
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  root = join(folder, 'workspaces')
  repo = await makeRepository(join(folder, 'répo one'), {
    'a.txt': 'one\ntwo\nthree\n',
    'b.txt': 'b\n',
    '.gitignore': '*.local\n',
  })
  workspace = await createWorkspace({
    project: { path: repo, is_repository: true },
    root,
    executionId: 'e1',
    branch: 'rangers/RNG-1',
    signal,
  })
})
afterEach(() => remove())

async function work(files: Record<string, string | Buffer>): Promise<void> {
  await writeFiles(workspace.path, files)
  await commitWorkspace({ path: workspace.path, message: 'work', signal })
}
const request = () => {
  const { branch, baseBranch, baseCommit } = workspace
  return { repoPath: repo, branch, baseBranch, baseCommit, signal }
}
const merge = () => mergeWorkspace({ ...request(), message: 'Merge RNG-1: do it' })

/** Everything of the person's checkout that a refused merge must leave alone. */
async function state(): Promise<unknown> {
  const files = await Promise.all(
    (await readdir(repo))
      .filter((name) => name !== '.git')
      .map(async (name) => [name, await readFile(join(repo, name), 'utf8')]),
  )
  const refs = await gitIn(repo, 'for-each-ref')
  return {
    files,
    refs,
    status: await gitIn(repo, 'status', '--porcelain=v2', '--branch'),
    stash: await gitIn(repo, 'stash', 'list'),
  }
}

test('a clean result becomes a merge commit in the checkout that has the base open', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  expect(await previewMerge(request())).toEqual({ state: 'ready', base_branch: 'main', commits: 1 })
  const { commit, base_branch } = await merge()
  expect(base_branch).toBe('main')
  expect(await gitIn(repo, 'rev-parse', 'main')).toBe(commit)
  expect(await gitIn(repo, 'log', '-1', '--format=%s %p')).toMatch(/^Merge RNG-1: do it \w+ \w+$/)
  expect(await readFile(join(repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  expect(await previewMerge(request())).toEqual({ state: 'already_merged', base_branch: 'main' })
})

test.each([
  ['merged', ['merge', '--quiet', '--no-ff', '-m', 'by hand', 'rangers/RNG-1']],
  ['squashed', ['merge', '--quiet', '--squash', 'rangers/RNG-1']],
])('what was %s by hand is found there, and git stays as it is', async (how, args) => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(repo, ...args)
  if (how === 'squashed') await commitAll(repo, 'by hand')
  expect(await previewMerge(request())).toEqual({ state: 'already_merged', base_branch: 'main' })
  const before = await state()
  const [tip, head] = [
    await gitIn(repo, 'rev-parse', 'main'),
    await gitIn(repo, 'rev-parse', 'rangers/RNG-1'),
  ]
  expect(await merge()).toEqual({ commit: how === 'squashed' ? tip : head, base_branch: 'main' })
  expect(await state()).toEqual(before)
})

test('what was merged by hand and reverted by hand is not said to be there', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(repo, 'merge', '--quiet', '--no-ff', '-m', 'by hand', 'rangers/RNG-1')
  await gitIn(repo, 'revert', '--no-edit', '-m', '1', 'HEAD')
  const reason = expect.stringContaining('“main” had this work, and it was reverted there')
  expect(await previewMerge(request())).toEqual({ state: 'unavailable', reason })
  await expect(merge()).rejects.toMatchObject({ detail: { error: 'MERGE_UNAVAILABLE' } })
  await gitIn(repo, 'revert', '--no-edit', 'HEAD')
  expect(await previewMerge(request())).toEqual({ state: 'already_merged', base_branch: 'main' })
})

test('work that has changed nothing is not merged already', async () => {
  expect(await previewMerge(request())).toEqual({ state: 'nothing_to_merge', base_branch: 'main' })
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(workspace.path, 'revert', '--no-edit', 'HEAD')
  expect(await previewMerge(request())).toEqual({ state: 'nothing_to_merge', base_branch: 'main' })
  await expect(merge()).rejects.toMatchObject({ detail: { error: 'NOTHING_TO_MERGE' } })
})

test('a base that has moved on is fine when nothing conflicts', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await writeFiles(repo, { 'b.txt': 'later\n' })
  await commitAll(repo, 'meanwhile')
  await merge()
  expect(await readFile(join(repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
  expect(await readFile(join(repo, 'b.txt'), 'utf8')).toBe('later\n')
})

test('unrelated local changes stay as they are', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await writeFiles(repo, { 'b.txt': 'mine\n', 'note.txt': 'mine' })
  await merge()
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('M b.txt\n?? note.txt')
})

test('a base that is open nowhere is merged without touching any checkout', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(repo, 'switch', '--quiet', '-c', 'elsewhere')
  await writeFiles(repo, { 'a.txt': 'dirty\n' })
  const { commit } = await merge()
  expect(await gitIn(repo, 'show', '-s', '--format=%s %p', 'main')).toMatch(/^Merge RNG-1: do it \w+ \w+$/)
  expect(await gitIn(repo, 'show', `${commit}:a.txt`)).toBe('one\n2\nthree')
  expect(await gitIn(repo, 'branch', '--show-current')).toBe('elsewhere')
  expect(await readFile(join(repo, 'a.txt'), 'utf8')).toBe('dirty\n')
})

test('a result whose branch somebody has removed is merged by its last commit', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  const head = await gitIn(workspace.path, 'rev-parse', 'HEAD')
  await gitIn(repo, 'worktree', 'remove', '--force', workspace.path)
  await gitIn(repo, 'branch', '-D', workspace.branch)
  expect(await previewMerge(request())).toMatchObject({ state: 'unavailable' })
  expect(await previewMerge({ ...request(), head })).toMatchObject({ state: 'ready', commits: 1 })
  await mergeWorkspace({ ...request(), head, message: 'Merge RNG-1: do it' })
  expect(await readFile(join(repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
})

test('a conflict is refused with the files, and nothing changes', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n', 'neu ü.txt': 'x' })
  await writeFiles(repo, { 'a.txt': 'one\nzwei\nthree\n', 'neu ü.txt': 'y' })
  await commitAll(repo, 'meanwhile')
  const before = await state()
  const files = ['a.txt', 'neu ü.txt']
  expect(await previewMerge(request())).toEqual({ state: 'conflict', base_branch: 'main', files })
  await expect(merge()).rejects.toMatchObject({ detail: { error: 'MERGE_CONFLICT', files } })
  expect(await state()).toEqual(before)
})

test.each([
  ['a changed file', 'a.txt', async () => writeFiles(repo, { 'a.txt': 'mine\n' })],
  [
    'a staged file',
    'b.txt',
    async () => {
      await writeFiles(repo, { 'b.txt': 'mine\n' })
      await gitIn(repo, 'add', 'b.txt')
    },
  ],
  ['an untracked file', 'new.txt', async () => writeFiles(repo, { 'new.txt': 'mine\n' })],
  ['an ignored file', 'env.local', async () => writeFiles(repo, { 'env.local': 'mine\n' })],
  ['a file where a folder comes', 'dir', async () => writeFiles(repo, { dir: 'mine\n' })],
])('%s in the way is refused and left alone', async (_what, file, disturb) => {
  await writeFiles(workspace.path, {
    'a.txt': 'theirs\n',
    'new.txt': 'theirs\n',
    'env.local': 'theirs',
    'dir/x.txt': 'x',
  })
  await gitIn(workspace.path, 'add', '-f', 'env.local')
  await commitWorkspace({ path: workspace.path, message: 'work', signal })
  await disturb()
  const before = await state()
  await expect(merge()).rejects.toMatchObject({ detail: { error: 'CHECKOUT_IN_THE_WAY', files: [file] } })
  expect(await state()).toEqual(before)
})

test('an unfinished merge, a rebase, a missing branch and a detached start are named as the reason', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  expect(await previewMerge({ ...request(), baseBranch: null })).toMatchObject({
    state: 'unavailable',
    reason: expect.stringContaining('detached HEAD'),
  })
  expect(await previewMerge({ ...request(), baseBranch: 'gone' })).toMatchObject({ state: 'unavailable' })

  await gitIn(repo, 'switch', '--quiet', '-c', 'other')
  await writeFiles(repo, { 'b.txt': 'other\n' })
  await commitAll(repo, 'other')
  await gitIn(repo, 'switch', '--quiet', 'main')
  await writeFiles(repo, { 'b.txt': 'main\n' })
  await commitAll(repo, 'main')
  await gitIn(repo, 'merge', 'other').catch(() => undefined)
  expect(await previewMerge(request())).toMatchObject({
    reason: expect.stringContaining('merge is under way'),
  })
  await gitIn(repo, 'merge', '--abort')
  await gitIn(repo, 'rebase', 'other').catch(() => undefined)
  expect(await previewMerge(request())).toMatchObject({ reason: expect.stringContaining('rebase') })
})

test('the diff tells of everything: changes, untracked files, renames, binaries', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(workspace.path, 'mv', 'b.txt', 'c ü.txt')
  await writeFiles(workspace.path, { 'pic.bin': Buffer.from([0, 1, 2, 255]), 'sub/new.txt': 'x\ny\n' })
  const source = { workspace: workspace.path }
  const summary = await diffSummary({ source, baseCommit: workspace.baseCommit, signal })
  const text = { is_binary: false, old_path: null }
  expect(summary).toEqual({
    base_commit: workspace.baseCommit,
    head_commit: await gitIn(workspace.path, 'rev-parse', 'HEAD'),
    files: [
      { path: 'a.txt', kind: 'modified', additions: 1, deletions: 1, ...text },
      { path: 'c ü.txt', kind: 'renamed', additions: 0, deletions: 0, is_binary: false, old_path: 'b.txt' },
      { path: 'pic.bin', kind: 'added', additions: 0, deletions: 0, is_binary: true, old_path: null },
      { path: 'sub/new.txt', kind: 'added', additions: 2, deletions: 0, ...text },
    ],
    additions: 3,
    deletions: 1,
  })
  const patch = await filePatch({
    source,
    baseCommit: workspace.baseCommit,
    path: 'c ü.txt',
    oldPath: 'b.txt',
    signal,
  })
  expect(patch).toMatchObject({ truncated: false, patch: expect.stringContaining('rename from b.txt') })
})

test('a long patch is cut at the end of a line', async () => {
  await work({ 'long.txt': 'line\n'.repeat(10_000) })
  const source = { repo, head: workspace.branch }
  const { patch, truncated } = await filePatch({
    source,
    baseCommit: workspace.baseCommit,
    path: 'long.txt',
    mostBytes: 1000,
    signal,
  })
  expect(truncated).toBe(true)
  expect(patch.length).toBeLessThanOrEqual(1000)
  expect(patch.endsWith('+line\n')).toBe(true)
})

test('discarding keeps everything under a hidden ref and removes folder and branch', async () => {
  await work({ 'a.txt': 'committed\n' })
  await writeFiles(workspace.path, { 'untracked.txt': 'u' })
  const tip = await gitIn(repo, 'rev-parse', workspace.branch)
  const kept = await discardWorkspace({ root, executionId: 'e1', signal })
  expect(kept).toMatchObject({ ref: 'refs/rangers/discarded/e1', bundle: null })
  expect(await gitIn(repo, 'show', 'refs/rangers/discarded/e1:untracked.txt')).toBe('u')
  expect(await gitIn(repo, 'merge-base', '--is-ancestor', tip, 'refs/rangers/discarded/e1')).toBe('')
  expect(await readdir(root)).toEqual([])
  expect(await gitIn(repo, 'branch', '--format=%(refname:short)')).toBe('main')
  expect(await discardWorkspace({ root, executionId: 'e1', signal })).toBeNull()
})

test('a folder without our marker is never removed', async () => {
  await writeFiles(join(root, 'e2'), { 'precious.txt': 'x' })
  await expect(discardWorkspace({ root, executionId: 'e2', signal })).rejects.toMatchObject({
    detail: { error: 'NOT_OUR_FOLDER' },
  })
  await expect(discardWorkspace({ root, executionId: '..', signal })).rejects.toMatchObject({
    detail: { error: 'BAD_ID' },
  })
  expect(await readdir(join(root, 'e2'))).toEqual(['precious.txt'])
})

test('a workspace whose git is destroyed is moved aside, not deleted', async () => {
  await rm(join(workspace.path, '.git'))
  await makeRepository(workspace.path, { 'foreign.txt': 'x' })
  await discardWorkspace({ root, executionId: 'e1', signal })
  expect(await readdir(join(root, 'kept', 'e1'))).toContain('foreign.txt')
  expect(await gitIn(repo, 'rev-parse', 'refs/rangers/discarded/e1')).toBe(workspace.baseCommit)
})

test('after a merge the workspace is tidied up and its last state kept', async () => {
  await work({ 'a.txt': 'one\n2\nthree\n' })
  await merge()
  const kept = await closeMergedWorkspace({ root, executionId: 'e1', signal })
  expect(await gitIn(repo, 'rev-parse', 'refs/rangers/merged/e1')).toBe(kept?.commit)
  expect(await gitIn(repo, 'worktree', 'list')).not.toContain('e1')
})

test('changes of a copied folder are taken over, unless the folder has changed there', async () => {
  const plain = join(folder, 'plain')
  await writeFiles(plain, { 'a.txt': 'a', 'gone.txt': 'g', 'mine.txt': 'm' })
  const project = { path: plain, is_repository: false }
  const copy = await createWorkspace({ project, root, executionId: 'e3', branch: 'rangers/P-1', signal })
  await writeFiles(copy.path, { 'a.txt': 'A', 'sub/new.txt': 'n' })
  await rm(join(copy.path, 'gone.txt'))
  await commitWorkspace({ path: copy.path, message: 'work', signal })
  const ask = {
    repoPath: plain,
    branch: copy.branch,
    baseBranch: null,
    baseCommit: copy.baseCommit,
    copy,
    signal,
  }

  await writeFiles(plain, { 'a.txt': 'changed meanwhile' })
  expect(await previewMerge(ask)).toEqual({ state: 'conflict', base_branch: 'plain', files: ['a.txt'] })
  await expect(mergeWorkspace({ ...ask, message: 'm' })).rejects.toMatchObject({
    detail: { error: 'MERGE_CONFLICT' },
  })
  expect(await readdir(plain)).toContain('gone.txt')

  await writeFiles(plain, { 'a.txt': 'a', 'mine.txt': 'still mine' })
  await mergeWorkspace({ ...ask, message: 'm' })
  expect((await readdir(plain)).sort()).toEqual(['a.txt', 'mine.txt', 'sub'])
  expect(await readFile(join(plain, 'a.txt'), 'utf8')).toBe('A')
  expect(await readFile(join(plain, 'mine.txt'), 'utf8')).toBe('still mine')

  const kept = await discardWorkspace({ root, executionId: 'e3', signal })
  expect(await gitIn(folder, 'bundle', 'list-heads', kept?.bundle ?? '')).toContain(
    'refs/rangers/discarded/e3',
  )
})
