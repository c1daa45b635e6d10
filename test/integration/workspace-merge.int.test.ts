import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forgetBegun } from '#electron/workspaces/begun-merge.ts'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { commitAll, gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

const at = repositoryAtWork()

test('a clean result becomes a merge commit in the checkout that has the base open', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  expect(await previewMerge(at.request())).toEqual({ state: 'ready', base_branch: 'main', commits: 1 })
  const { commit, base_branch } = await at.merge()
  expect(base_branch).toBe('main')
  expect(await gitIn(at.repo, 'rev-parse', 'main')).toBe(commit)
  expect(await gitIn(at.repo, 'log', '-1', '--format=%s %p')).toMatch(/^Merge RNG-1: do it \w+ \w+$/)
  expect(await readFile(join(at.repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
  expect(await gitIn(at.repo, 'status', '--porcelain')).toBe('')
  expect(await previewMerge(at.request())).toEqual({ state: 'already_merged', base_branch: 'main' })
})

test.each([
  ['merged', ['merge', '--quiet', '--no-ff', '-m', 'by hand', 'rangers/RNG-1']],
  ['squashed', ['merge', '--quiet', '--squash', 'rangers/RNG-1']],
])('what was %s by hand is found there, and git stays as it is', async (how, args) => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.repo, ...args)
  if (how === 'squashed') await commitAll(at.repo, 'by hand')
  expect(await previewMerge(at.request())).toEqual({ state: 'already_merged', base_branch: 'main' })
  const before = await at.state()
  const [tip, head] = [
    await gitIn(at.repo, 'rev-parse', 'main'),
    await gitIn(at.repo, 'rev-parse', 'rangers/RNG-1'),
  ]
  expect(await at.merge()).toEqual({ commit: how === 'squashed' ? tip : head, base_branch: 'main' })
  expect(await at.state()).toEqual(before)
})

test('what was merged by hand and reverted by hand is not said to be there', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.repo, 'merge', '--quiet', '--no-ff', '-m', 'by hand', 'rangers/RNG-1')
  await gitIn(at.repo, 'revert', '--no-edit', '-m', '1', 'HEAD')
  const reason = expect.stringContaining('“main” had this work, and it was reverted there')
  expect(await previewMerge(at.request())).toEqual({ state: 'unavailable', reason })
  await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'MERGE_UNAVAILABLE' } })
  await gitIn(at.repo, 'revert', '--no-edit', 'HEAD')
  expect(await previewMerge(at.request())).toEqual({ state: 'already_merged', base_branch: 'main' })
})

test('work that has changed nothing is not merged already', async () => {
  expect(await previewMerge(at.request())).toEqual({ state: 'nothing_to_merge', base_branch: 'main' })
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.workspace.path, 'revert', '--no-edit', 'HEAD')
  expect(await previewMerge(at.request())).toEqual({ state: 'nothing_to_merge', base_branch: 'main' })
  await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'NOTHING_TO_MERGE' } })
})

test('a base that has moved on is fine when nothing conflicts', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await writeFiles(at.repo, { 'b.txt': 'later\n' })
  await commitAll(at.repo, 'meanwhile')
  await at.merge()
  expect(await readFile(join(at.repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
  expect(await readFile(join(at.repo, 'b.txt'), 'utf8')).toBe('later\n')
})

test('a base that is open nowhere is merged without touching any checkout', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.repo, 'switch', '--quiet', '-c', 'elsewhere')
  await writeFiles(at.repo, { 'a.txt': 'dirty\n' })
  const { commit } = await at.merge()
  expect(await gitIn(at.repo, 'show', '-s', '--format=%s %p', 'main')).toMatch(/^Merge RNG-1: do it \w+ \w+$/)
  expect(await gitIn(at.repo, 'show', `${commit}:a.txt`)).toBe('one\n2\nthree')
  expect(await gitIn(at.repo, 'branch', '--show-current')).toBe('elsewhere')
  expect(await readFile(join(at.repo, 'a.txt'), 'utf8')).toBe('dirty\n')
})

test('a result whose branch somebody has removed is merged by its last commit', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  const head = await gitIn(at.workspace.path, 'rev-parse', 'HEAD')
  await gitIn(at.repo, 'worktree', 'remove', '--force', at.workspace.path)
  await gitIn(at.repo, 'branch', '-D', at.workspace.branch)
  expect(await previewMerge(at.request())).toMatchObject({ state: 'unavailable' })
  expect(await previewMerge({ ...at.request(), head })).toMatchObject({ state: 'ready', commits: 1 })
  await mergeWorkspace({ ...at.request(), head, message: 'Merge RNG-1: do it' })
  expect(await readFile(join(at.repo, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n')
})

test('changes of a copied folder are taken over, unless the folder has changed there', async () => {
  const plain = join(at.folder, 'plain')
  await writeFiles(plain, { 'a.txt': 'a', 'gone.txt': 'g', 'mine.txt': 'm' })
  const project = { path: plain, is_repository: false }
  const copy = await createWorkspace({
    project,
    root: at.root,
    executionId: 'e3',
    branch: 'rangers/P-1',
    signal,
  })
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

  await forgetBegun(copy.path)
  const kept = await discardWorkspace({ root: at.root, executionId: 'e3', signal })
  expect(await gitIn(at.folder, 'bundle', 'list-heads', kept?.bundle ?? '')).toContain(
    'refs/rangers/discarded/e3',
  )
})
