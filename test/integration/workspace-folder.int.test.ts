import { chmod, lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetBegun, readBegun } from '#electron/workspaces/begun-merge.ts'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { closeMergedWorkspace, discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { previewFolderRevert, revertFolder } from '#electron/workspaces/revert-folder.ts'
import { takeBackBegun } from '#electron/workspaces/take-back-begun.ts'
import { gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

/** A folder that is no repository, and the copy in which agents have worked. */
let folder: string
let plain: string
let root: string
let copy: Workspace
let head: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  root = join(folder, 'workspaces')
  plain = join(folder, 'my notes')
})
afterEach(() => remove())

async function open(files: Record<string, string>): Promise<void> {
  await writeFiles(plain, files)
  await take()
}

async function take(): Promise<void> {
  const project = { path: plain, is_repository: false }
  copy = await createWorkspace({ project, root, executionId: 'e1', branch: 'rangers/P-1', signal })
}

async function commit(): Promise<void> {
  await commitWorkspace({ path: copy.path, message: 'work', signal })
  head = await gitIn(copy.path, 'rev-parse', 'HEAD')
}

const ask = () => ({
  repoPath: plain,
  branch: copy.branch,
  baseBranch: null,
  baseCommit: copy.baseCommit,
  copy,
  signal,
})
const merge = () => mergeWorkspace({ ...ask(), message: 'm' })
/** As once the card says that it is merged. */
async function close(): Promise<void> {
  await forgetBegun(copy.path)
  await closeMergedWorkspace({ root, executionId: 'e1', signal })
}
const inCopy = (name: string) => join(copy.path, name)
const text = (name: string) => readFile(join(plain, name), 'utf8')
const isThere = async (name: string) => (await lstat(join(plain, name)).catch(() => null)) !== null

test('a link is taken over as a link: what it leads to is neither changed nor removed', async () => {
  await writeFiles(plain, { 'real.txt': 'mine', 'other.txt': 'other' })
  for (const name of ['goes', 'turns', 'becomes']) await symlink('real.txt', join(plain, name))
  await symlink('nowhere', join(plain, 'dangling'))
  await take()
  for (const name of ['goes', 'turns', 'becomes', 'dangling']) await rm(inCopy(name))
  await symlink('other.txt', inCopy('turns'))
  await writeFile(inCopy('becomes'), 'a file now')
  await commit()
  await merge()
  expect(await text('real.txt')).toBe('mine')
  expect([await isThere('goes'), await isThere('dangling')]).toEqual([false, false])
  expect(await readlink(join(plain, 'turns'))).toBe('other.txt')
  expect((await lstat(join(plain, 'becomes'))).isSymbolicLink()).toBe(false)
})

test('a merge that was broken off is no conflict: done again, it goes on', async () => {
  await open({ 'a.txt': 'a', 'b.txt': 'b', 'gone.txt': 'g' })
  await writeFiles(copy.path, { 'a.txt': 'A', 'b.txt': 'B' })
  await rm(inCopy('gone.txt'))
  await commit()
  // As a killed app leaves it: a part is written, and nobody knows.
  await writeFiles(plain, { 'a.txt': 'A' })
  await rm(join(plain, 'gone.txt'))
  expect(await previewMerge(ask())).toMatchObject({ state: 'ready' })
  await merge()
  expect([await text('a.txt'), await text('b.txt')]).toEqual(['A', 'B'])
  // Also when it was all there but not written down.
  expect(await previewMerge(ask())).toMatchObject({ state: 'ready' })
  await writeFiles(plain, { 'b.txt': 'mine' })
  expect(await previewMerge(ask())).toMatchObject({ state: 'conflict', files: ['b.txt'] })
})

test('a folder takes the place of a file, and a file that of a folder, unless something else lies in it', async () => {
  await open({ file: 'f', 'dir/x.txt': 'x', 'dir/deep/y.txt': 'y' })
  await rm(inCopy('file'))
  await rm(inCopy('dir'), { recursive: true })
  await writeFiles(copy.path, { 'file/inside.txt': 'i', dir: 'a file' })
  await commit()
  await writeFiles(plain, { 'dir/mine.txt': 'mine' })
  expect(await previewMerge(ask())).toMatchObject({ state: 'conflict', files: ['dir'] })
  await rm(join(plain, 'dir', 'mine.txt'))
  await merge()
  expect([await text('file/inside.txt'), await text('dir')]).toEqual(['i', 'a file'])
  expect(await previewMerge(ask())).toMatchObject({ state: 'ready' }) // nobody has written down that it is done
  const begun = await readBegun(copy.path)
  if (begun) await takeBackBegun(begun, copy.path, signal)
  expect([await text('file'), await text('dir/deep/y.txt')]).toEqual(['f', 'y'])
})

test('a file in the place of a folder that the work writes to is a conflict', async () => {
  await open({ 'a.txt': 'a' })
  await writeFiles(copy.path, { 'a.txt': 'A', 'sub/n.txt': 'n' })
  await commit()
  await writeFiles(plain, { sub: 'mine' })
  expect(await previewMerge(ask())).toMatchObject({ state: 'conflict', files: ['sub/n.txt'] })
})

test('a folder of another repository within is copied without what ties it to that', async () => {
  const other = await makeRepository(join(folder, 'other'), { 'a.txt': 'a' })
  await mkdir(plain)
  await gitIn(other, 'worktree', 'add', '--quiet', join(plain, 'linked'))
  await take()
  await writeFiles(copy.path, { 'linked/a.txt': 'changed' })
  await commit()
  await merge()
  expect(await text('linked/a.txt')).toBe('changed')
})

const revert = () => ({
  folder: plain,
  root,
  executionId: 'e1',
  branch: copy.branch,
  baseCommit: copy.baseCommit,
  head,
  signal,
})

test('a merge into a folder is taken back, and the work can be merged again', async () => {
  await open({ 'a.txt': 'a', 'gone/g.txt': 'g', 'mine.txt': 'm', 'node_modules/x.js': 'x' })
  await writeFiles(copy.path, { 'a.txt': 'A', 'new/n.txt': 'n' })
  await rm(inCopy('gone'), { recursive: true })
  await commit()
  await merge()
  await close()
  await writeFiles(plain, { 'mine.txt': 'changed since' })
  expect(await previewFolderRevert(revert())).toEqual({
    state: 'ready',
    base_branch: 'my notes',
    commits: 0,
    files: ['a.txt', 'gone/g.txt', 'new/n.txt'],
  })

  const again = await revertFolder({ ...revert(), title: 'P-1: do it' })
  expect([await text('a.txt'), await text('gone/g.txt'), await isThere('new')]).toEqual(['a', 'g', false])
  expect(await text('mine.txt')).toBe('changed since')
  expect(await readFile(inCopy('node_modules/x.js'), 'utf8')).toBe('x')
  expect(await gitIn(again.path, 'diff', '--name-only', again.baseCommit, again.head)).toBe(
    'a.txt\ngone/g.txt\nnew/n.txt',
  )
  // Each step can still be looked at.
  expect(await gitIn(again.path, 'cat-file', '-t', head)).toBe('commit')

  copy = again
  expect(await previewMerge(ask())).toMatchObject({ state: 'ready' })
  await merge()
  expect([await text('a.txt'), await text('new/n.txt'), await isThere('gone')]).toEqual(['A', 'n', false])
  expect(await text('mine.txt')).toBe('changed since')
})

test('what was changed in the folder since is in the way of a revert, which changes nothing then', async () => {
  await open({ 'a.txt': 'a', 'b.txt': 'b' })
  await writeFiles(copy.path, { 'a.txt': 'A', 'b.txt': 'B' })
  await commit()
  await merge()
  await close()
  await writeFiles(plain, { 'b.txt': 'mine' })
  expect(await previewFolderRevert(revert())).toMatchObject({ state: 'conflict', files: ['b.txt'] })
  await expect(revertFolder({ ...revert(), title: 't' })).rejects.toMatchObject({
    detail: { error: 'REVERT_CONFLICT', files: ['b.txt'] },
  })
  expect(await text('a.txt')).toBe('A')

  // Put back by hand in part: the rest goes on. Then there is nothing left to do but to have the work again.
  await writeFiles(plain, { 'b.txt': 'b' })
  expect(await previewFolderRevert(revert())).toMatchObject({ state: 'ready' })
  await writeFiles(plain, { 'a.txt': 'a' })
  expect(await previewFolderRevert(revert())).toMatchObject({ state: 'already_reverted' })
  expect((await revertFolder({ ...revert(), title: 't' })).head).not.toBe(copy.baseCommit)
})

test('without what was kept of the work it is said that its files cannot be put back', async () => {
  await open({ 'a.txt': 'a' })
  await writeFiles(copy.path, { 'a.txt': 'A' })
  await commit()
  await merge()
  await close()
  await rm(join(root, 'kept'), { recursive: true })
  expect(await previewFolderRevert(revert())).toMatchObject({
    state: 'unavailable',
    reason: expect.stringContaining('is no git repository'),
  })
})

/** What the person may do with a file. */
const rights = async (name: string) => ((await lstat(join(plain, name))).mode & 0o777).toString(8)

test.skipIf(process.platform === 'win32')(
  'who may read a file stays as the person has set it, through a merge and its revert; whether it runs is part of the work',
  async () => {
    await writeFiles(plain, { 'secret.txt': 's', 'run.sh': 'r', 'read-only.txt': 'o' })
    await chmod(join(plain, 'read-only.txt'), 0o444)
    await chmod(join(plain, 'run.sh'), 0o640)
    await take()
    await chmod(join(plain, 'secret.txt'), 0o600) // since the work began
    await writeFiles(copy.path, { 'secret.txt': 'S' })
    await rm(inCopy('read-only.txt'))
    await writeFiles(copy.path, { 'read-only.txt': 'O' })
    await chmod(inCopy('run.sh'), 0o755)
    await commit()
    const all = () => Promise.all(['secret.txt', 'run.sh', 'read-only.txt'].map(rights))
    await merge()
    expect(await all()).toEqual(['600', '750', '444'])
    expect(await text('read-only.txt')).toBe('O')
    await close()
    await revertFolder({ ...revert(), title: 't' })
    expect(await all()).toEqual(['600', '640', '444'])
    expect(await text('secret.txt')).toBe('s')
  },
)

test('a folder that is gone is told as that, and not made anew', async () => {
  await open({ 'a.txt': 'a' })
  await writeFiles(copy.path, { 'new/n.txt': 'n' })
  await commit()
  await rm(plain, { recursive: true })
  const told = { detail: { error: 'FOLDER_MISSING' } }
  await expect(previewMerge(ask())).rejects.toMatchObject(told)
  await expect(merge()).rejects.toMatchObject(told)
  expect(await lstat(plain).catch(() => null)).toBeNull()
})

test('a link out of the folder in the place of one of its folders is a conflict, and nothing is written through it', async () => {
  await open({ 'a.txt': 'a', 'sub/b.txt': 'b' })
  await writeFiles(copy.path, { 'a.txt': 'A', 'sub/b.txt': 'B', 'sub/n.txt': 'n' })
  await commit()
  await rename(join(plain, 'sub'), join(folder, 'outside'))
  await symlink(join(folder, 'outside'), join(plain, 'sub'))
  expect(await previewMerge(ask())).toMatchObject({ state: 'conflict', files: ['sub/b.txt', 'sub/n.txt'] })
  await expect(merge()).rejects.toMatchObject({ detail: { error: 'MERGE_CONFLICT' } })
  expect(await text('a.txt')).toBe('a')
  expect(await readFile(join(folder, 'outside', 'b.txt'), 'utf8')).toBe('b')
})

test('a copy in which git does not work any more is discarded all the same: its files are kept', async () => {
  await open({ 'a.txt': 'a' })
  await writeFiles(copy.path, { 'a.txt': 'A' })
  await rm(inCopy('.git'), { recursive: true })
  const kept = await discardWorkspace({ root, executionId: 'e1', signal })
  expect(kept).toMatchObject({ commit: null, bundle: null })
  expect(await readFile(join(kept?.folder ?? '', 'a.txt'), 'utf8')).toBe('A')
})
