import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { previewRevert, revertMerge } from '#electron/workspaces/revert-merge.ts'
import { commitAll, gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

/** Checkouts and settings as people have them. */
const at = repositoryAtWork()

const WORK = { 'a.txt': 'one\n2\nthree\n' }
const inRepo = (name: string) => readFile(join(at.repo, name), 'utf8')

/** A workspace of a repository as it is by now, with changed files; what a merge of it is asked. */
async function workIn(repo: string, files: Record<string, string>) {
  const project = { path: repo, is_repository: true }
  const wanted = { project, root: at.root, executionId: 'e2', branch: 'rangers/RNG-2', signal }
  const { path, branch, baseBranch, baseCommit } = await createWorkspace(wanted)
  await writeFiles(path, files)
  const done = await commitWorkspace({ path, message: 'work', signal })
  const head = await gitIn(path, 'rev-parse', 'HEAD')
  return { files: done?.files, head, request: { repoPath: repo, branch, baseBranch, baseCommit, signal } }
}

test.each(['assume-unchanged', 'skip-worktree'])(
  'a change of the person that git was told not to look at (%s) is named before the merge',
  async (flag) => {
    await at.work(WORK)
    await gitIn(at.repo, 'update-index', `--${flag}`, 'a.txt')
    expect(await previewMerge(at.request())).toMatchObject({ state: 'ready' })
    await writeFiles(at.repo, { 'a.txt': 'a setting of mine\n' })
    expect(await previewMerge(at.request())).toEqual({
      state: 'unavailable',
      reason: expect.stringContaining('You have changed a.txt in'),
    })
    const before = await at.state()
    await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'MERGE_UNAVAILABLE' } })
    expect(await at.state()).toEqual(before)
    await gitIn(at.repo, 'update-index', `--no-${flag}`, 'a.txt')
    expect(await previewMerge(at.request())).toMatchObject({ state: 'checkout_in_the_way', files: ['a.txt'] })
    await writeFiles(at.repo, { 'a.txt': 'one\ntwo\nthree\n' })
    await at.merge()
    expect(await inRepo('a.txt')).toBe(WORK['a.txt'])
  },
)

test('a base branch that is open twice is not moved behind the back of one of its checkouts', async () => {
  await at.work(WORK)
  const other = join(at.folder, 'other')
  await gitIn(at.repo, 'worktree', 'add', '--quiet', '--force', other, 'main')
  expect(await previewMerge(at.request())).toEqual({
    state: 'unavailable',
    reason: expect.stringContaining(other),
  })
  await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'MERGE_UNAVAILABLE' } })
  await gitIn(other, 'switch', '--quiet', '--detach')
  await at.merge()
  expect(await gitIn(other, 'status', '--porcelain')).toBe('')
})

test('hooks that fail, and signatures that cannot be made or checked, stop neither merge nor revert', async () => {
  for (const hook of [
    'pre-commit',
    'commit-msg',
    'pre-merge-commit',
    'reference-transaction',
    'post-merge',
  ]) {
    await writeFiles(at.repo, { [`.git/hooks/${hook}`]: '#!/bin/sh\nexit 1\n' })
    await chmod(join(at.repo, '.git/hooks', hook), 0o755)
  }
  await gitIn(at.repo, 'config', 'commit.gpgsign', 'true')
  await gitIn(at.repo, 'config', 'gpg.program', '/nowhere/gpg')
  await gitIn(at.repo, 'config', 'merge.verifySignatures', 'true')
  await gitIn(at.repo, 'config', 'merge.ff', 'false')
  await at.work(WORK)
  const head = await gitIn(at.workspace.path, 'rev-parse', 'HEAD')
  await at.merge()
  expect(await inRepo('a.txt')).toBe(WORK['a.txt'])
  await revertMerge({ ...at.request(), executionId: 'e1', head, title: 'RNG-1' })
  expect(await inRepo('a.txt')).toBe('one\ntwo\nthree\n')
})

test.each(['true', 'input'])(
  'line ends that git converts (autocrlf %s) make no changes of their own',
  async (how) => {
    await gitIn(at.repo, 'config', 'core.autocrlf', how)
    await writeFiles(at.repo, { 'c.txt': 'one\r\ntwo\r\n' })
    await commitAll(at.repo, 'Written with CRLF')
    const { files, request } = await workIn(at.repo, { 'c.txt': 'one\r\nTWO\r\n', 'new.txt': 'a\r\n' })
    expect(files).toEqual(['c.txt', 'new.txt'])
    await mergeWorkspace({ ...request, message: 'Merge' })
    expect(await gitIn(at.repo, 'status', '--porcelain')).toBe('')
    expect(await gitIn(at.repo, 'diff', '--numstat', 'HEAD^', 'HEAD', '--', 'c.txt')).toBe('1\t1\tc.txt')
  },
)

test('a shallow clone, whose branch has moved on, is merged into and reverted', async () => {
  await writeFiles(at.repo, { 'b.txt': 'later\n' })
  await commitAll(at.repo, 'later')
  const clone = join(at.folder, 'shallow')
  await gitIn(at.folder, 'clone', '--quiet', '--depth', '1', `file://${at.repo}`, clone)
  const { head, request } = await workIn(clone, WORK)
  await writeFiles(clone, { 'mine.txt': 'mine\n' })
  await commitAll(clone, 'Meanwhile')
  await mergeWorkspace({ ...request, message: 'Merge' })
  expect(await readFile(join(clone, 'a.txt'), 'utf8')).toBe(WORK['a.txt'])
  await revertMerge({ ...request, executionId: 'e2', head, title: 'RNG-2' })
  expect(await readFile(join(clone, 'a.txt'), 'utf8')).toBe('one\ntwo\nthree\n')
  expect(await readFile(join(clone, 'mine.txt'), 'utf8')).toBe('mine\n')
})

test('a shallow clone that was fetched anew says that its history is cut, and what to do', async () => {
  const clone = join(at.folder, 'shallow')
  await gitIn(at.folder, 'clone', '--quiet', '--depth', '1', `file://${at.repo}`, clone)
  const { head, request } = await workIn(clone, WORK)
  for (const line of ['later', 'latest']) {
    await writeFiles(at.repo, { 'b.txt': `${line}\n` })
    await commitAll(at.repo, line)
  }
  await gitIn(clone, 'fetch', '--quiet', '--depth', '1')
  await gitIn(clone, 'reset', '--quiet', '--hard', 'origin/main')
  const cut = { state: 'unavailable', reason: expect.stringContaining('git fetch --unshallow') }
  expect(await previewMerge(request)).toEqual(cut)

  await gitIn(clone, 'fetch', '--quiet', '--unshallow')
  await mergeWorkspace({ ...request, message: 'Merge' })
  await gitIn(at.repo, 'pull', '--quiet', '--ff-only', clone, 'main')
  await writeFiles(at.repo, { 'b.txt': 'on top\n' })
  await commitAll(at.repo, 'On top')
  await gitIn(clone, 'fetch', '--quiet', '--depth', '1')
  await gitIn(clone, 'reset', '--quiet', '--hard', 'origin/main')
  expect(await previewRevert({ ...request, executionId: 'e2', head })).toEqual(cut)
})

// Where the file system keeps them apart.
test.runIf(process.platform === 'linux')('files that differ only in case are two files', async () => {
  await at.work({ 'A.TXT': 'another\n' })
  await at.merge()
  expect([await inRepo('A.TXT'), await inRepo('a.txt')]).toEqual(['another\n', 'one\ntwo\nthree\n'])
  expect(await gitIn(at.repo, 'status', '--porcelain')).toBe('')
})
