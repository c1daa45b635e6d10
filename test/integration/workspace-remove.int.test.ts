import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeMergedWorkspace, discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { gitIn, makeRepository, writeFiles } from '../helpers/git-fixture.ts'
import { repositoryAtWork, signal } from '../helpers/repository-at-work.ts'

const at = repositoryAtWork()

test('discarding keeps everything under a hidden ref and removes folder and branch', async () => {
  await at.work({ 'a.txt': 'committed\n' })
  await writeFiles(at.workspace.path, { 'untracked.txt': 'u' })
  const tip = await gitIn(at.repo, 'rev-parse', at.workspace.branch)
  const kept = await discardWorkspace({ root: at.root, executionId: 'e1', signal })
  expect(kept).toMatchObject({ ref: 'refs/rangers/discarded/e1', bundle: null })
  expect(await gitIn(at.repo, 'show', 'refs/rangers/discarded/e1:untracked.txt')).toBe('u')
  expect(await gitIn(at.repo, 'merge-base', '--is-ancestor', tip, 'refs/rangers/discarded/e1')).toBe('')
  expect(await readdir(at.root)).toEqual([])
  expect(await gitIn(at.repo, 'branch', '--format=%(refname:short)')).toBe('main')
  expect(await discardWorkspace({ root: at.root, executionId: 'e1', signal })).toBeNull()
})

test('a folder without our marker is never removed', async () => {
  await writeFiles(join(at.root, 'e2'), { 'precious.txt': 'x' })
  await expect(discardWorkspace({ root: at.root, executionId: 'e2', signal })).rejects.toMatchObject({
    detail: { error: 'NOT_OUR_FOLDER' },
  })
  await expect(discardWorkspace({ root: at.root, executionId: '..', signal })).rejects.toMatchObject({
    detail: { error: 'BAD_ID' },
  })
  expect(await readdir(join(at.root, 'e2'))).toEqual(['precious.txt'])
})

test('a workspace whose git is destroyed is moved aside, not deleted', async () => {
  await rm(join(at.workspace.path, '.git'))
  await makeRepository(at.workspace.path, { 'foreign.txt': 'x' })
  await discardWorkspace({ root: at.root, executionId: 'e1', signal })
  expect(await readdir(join(at.root, 'kept', 'e1'))).toContain('foreign.txt')
  expect(await gitIn(at.repo, 'rev-parse', 'refs/rangers/discarded/e1')).toBe(at.workspace.baseCommit)
})

test('after a merge the workspace is tidied up and its last state kept', async () => {
  await at.work({ 'a.txt': 'one\n2\nthree\n' })
  await at.merge()
  const kept = await closeMergedWorkspace({ root: at.root, executionId: 'e1', signal })
  expect(await gitIn(at.repo, 'rev-parse', 'refs/rangers/merged/e1')).toBe(kept?.commit)
  expect(await gitIn(at.repo, 'worktree', 'list')).not.toContain('e1')
})
