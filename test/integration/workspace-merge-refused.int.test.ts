import { expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { previewMerge } from '#electron/workspaces/merge.ts'
import { commitAll, gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

const at = repositoryAtWork()

test('unrelated local changes stay as they are', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await writeFiles(at.repo, { 'b.txt': 'mine\n', 'note.txt': 'mine' })
  await at.merge()
  expect(await gitIn(at.repo, 'status', '--porcelain')).toBe('M b.txt\n?? note.txt')
})

test('a conflict is refused with the files, and nothing changes', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n', 'neu ü.txt': 'x' })
  await writeFiles(at.repo, { 'a.txt': 'one\nzwei\nthree\n', 'neu ü.txt': 'y' })
  await commitAll(at.repo, 'meanwhile')
  const before = await at.state()
  const files = ['a.txt', 'neu ü.txt']
  expect(await previewMerge(at.request())).toEqual({ state: 'conflict', base_branch: 'main', files })
  await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'MERGE_CONFLICT', files } })
  expect(await at.state()).toEqual(before)
})

test.each([
  ['a changed file', 'a.txt', async () => writeFiles(at.repo, { 'a.txt': 'mine\n' })],
  [
    'a staged file',
    'b.txt',
    async () => {
      await writeFiles(at.repo, { 'b.txt': 'mine\n' })
      await gitIn(at.repo, 'add', 'b.txt')
    },
  ],
  ['an untracked file', 'new.txt', async () => writeFiles(at.repo, { 'new.txt': 'mine\n' })],
  ['an ignored file', 'env.local', async () => writeFiles(at.repo, { 'env.local': 'mine\n' })],
  ['a file where a folder comes', 'dir', async () => writeFiles(at.repo, { dir: 'mine\n' })],
])('%s in the way is refused and left alone', async (_what, file, disturb) => {
  await writeFiles(at.workspace.path, {
    'a.txt': 'theirs\n',
    'new.txt': 'theirs\n',
    'env.local': 'theirs',
    'dir/x.txt': 'x',
  })
  await gitIn(at.workspace.path, 'add', '-f', 'env.local')
  await commitWorkspace({ path: at.workspace.path, message: 'work', signal })
  await disturb()
  const before = await at.state()
  await expect(at.merge()).rejects.toMatchObject({ detail: { error: 'CHECKOUT_IN_THE_WAY', files: [file] } })
  expect(await at.state()).toEqual(before)
})

test('an unfinished merge, a rebase, a missing branch and a detached start are named as the reason', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  expect(await previewMerge({ ...at.request(), baseBranch: null })).toMatchObject({
    state: 'no_base',
    branches: ['main'],
  })
  expect(await previewMerge({ ...at.request(), baseBranch: 'gone' })).toMatchObject({ base_branch: 'gone' })

  await gitIn(at.repo, 'switch', '--quiet', '-c', 'other')
  await writeFiles(at.repo, { 'b.txt': 'other\n' })
  await commitAll(at.repo, 'other')
  await gitIn(at.repo, 'switch', '--quiet', 'main')
  await writeFiles(at.repo, { 'b.txt': 'main\n' })
  await commitAll(at.repo, 'main')
  await gitIn(at.repo, 'merge', 'other').catch(() => undefined)
  expect(await previewMerge(at.request())).toMatchObject({
    reason: expect.stringContaining('merge is under way'),
  })
  await gitIn(at.repo, 'merge', '--abort')
  await gitIn(at.repo, 'rebase', 'other').catch(() => undefined)
  expect(await previewMerge(at.request())).toMatchObject({ reason: expect.stringContaining('rebase') })
})
