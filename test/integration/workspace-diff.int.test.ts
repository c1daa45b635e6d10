import { expect, test } from 'vitest'
import { diffSummary, filePatch } from '#electron/workspaces/diff.ts'
import { gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

const at = repositoryAtWork()

test('the diff tells of everything: changes, untracked files, renames, binaries', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.workspace.path, 'mv', 'b.txt', 'c ü.txt')
  await writeFiles(at.workspace.path, { 'pic.bin': Buffer.from([0, 1, 2, 255]), 'sub/new.txt': 'x\ny\n' })
  const source = { workspace: at.workspace.path }
  const summary = await diffSummary({ source, baseCommit: at.workspace.baseCommit, signal })
  const text = { is_binary: false, old_path: null }
  expect(summary).toEqual({
    base_commit: at.workspace.baseCommit,
    head_commit: await gitIn(at.workspace.path, 'rev-parse', 'HEAD'),
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
    baseCommit: at.workspace.baseCommit,
    path: 'c ü.txt',
    oldPath: 'b.txt',
    signal,
  })
  expect(patch).toMatchObject({ truncated: false, patch: expect.stringContaining('rename from b.txt') })
})

test('a long patch is cut at the end of a line', async () => {
  await at.work({ 'long.txt': 'line\n'.repeat(10_000) })
  const source = { repo: at.repo, head: at.workspace.branch }
  const { patch, truncated } = await filePatch({
    source,
    baseCommit: at.workspace.baseCommit,
    path: 'long.txt',
    mostBytes: 1000,
    signal,
  })
  expect(truncated).toBe(true)
  expect(patch.length).toBeLessThanOrEqual(1000)
  expect(patch.endsWith('+line\n')).toBe(true)
})
