import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changedFilePatch, diffSummary, filePatch } from '#electron/workspaces/diff.ts'
import { gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

const at = repositoryAtWork()

test('the diff tells of everything: changes, untracked files, renames, binaries', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await gitIn(at.workspace.path, 'mv', 'b.txt', 'c ü.txt')
  await writeFiles(at.workspace.path, { 'pic.bin': Buffer.from([0, 1, 2, 255]), 'sub/new.txt': 'x\ny\n' })
  const source = { workspace: at.workspace.path }
  const summary = await diffSummary({ source, baseCommit: at.workspace.baseCommit, signal })
  const text = { is_binary: false, old_path: null, fingerprint: expect.any(String) }
  expect(summary).toEqual({
    base_commit: at.workspace.baseCommit,
    head_commit: await gitIn(at.workspace.path, 'rev-parse', 'HEAD'),
    files: [
      { path: 'a.txt', kind: 'modified', additions: 1, deletions: 1, ...text },
      { path: 'c ü.txt', kind: 'renamed', additions: 0, deletions: 0, ...text, old_path: 'b.txt' },
      { path: 'pic.bin', kind: 'added', additions: 0, deletions: 0, ...text, is_binary: true },
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
  const file = { source, baseCommit: at.workspace.baseCommit, path: 'c ü.txt', signal }
  expect(await changedFilePatch(file)).toEqual(patch)
})

test('the fingerprint of a file changes with what it was and is, and with nothing else', async () => {
  const fingerprints = async () => {
    const source = { workspace: at.workspace.path }
    const { files } = await diffSummary({ source, baseCommit: at.workspace.baseCommit, signal })
    return Object.fromEntries(files.map(({ path, fingerprint }) => [path, fingerprint]))
  }
  await at.work({ 'a.txt': 'one\n2\nthree\n', 'run.sh': 'true\n' })
  const first = await fingerprints()
  await at.work({ 'other.txt': 'x\n' })
  await gitIn(at.workspace.path, 'commit', '--allow-empty', '-qm', 'Nothing')
  expect(await fingerprints()).toMatchObject(first)
  await at.work({ 'a.txt': 'one\n3\nthree\n' }) // as many lines as before
  await chmod(join(at.workspace.path, 'run.sh'), 0o755)
  const last = await fingerprints()
  expect(last['a.txt']).not.toBe(first['a.txt'])
  expect(last['run.sh']).not.toBe(first['run.sh'])
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

test('of a single line that is longer than all that is given, the beginning is given', async () => {
  await at.work({ 'bundle.js': `${'f();'.repeat(250_000)}\n` })
  const { patch, truncated } = await filePatch({
    source: { workspace: at.workspace.path },
    baseCommit: at.workspace.baseCommit,
    path: 'bundle.js',
    signal,
  })
  expect(truncated).toBe(true)
  expect(patch.length).toBeLessThanOrEqual(400_000)
  expect(patch.slice(patch.indexOf('@@')).split('\n')[1]).toMatch(/^\+(f\(\);){1000}/)
})
