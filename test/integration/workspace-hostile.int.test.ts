import { lstat, mkdir, readdir, readFile, readlink, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { diffSummary, filePatch } from '#electron/workspaces/diff.ts'
import { incompleteParts } from '#electron/workspaces/incomplete-checkout.ts'
import { mergeWorkspace, previewMerge } from '#electron/workspaces/merge.ts'
import { discardWorkspace } from '#electron/workspaces/remove-workspace.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

/** Repositories and names as they are met outside of examples. */
let folder: string
let repo: string
let root: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  root = join(folder, 'workspaces')
  repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a\n', 'deep/b.txt': 'b\n' })
})
afterEach(() => remove())

const create = (executionId = 'e1') =>
  createWorkspace({
    project: { path: repo, is_repository: true },
    root,
    executionId,
    branch: 'rangers/RNG-1',
    signal,
  })
const commit = ({ path }: Workspace) => commitWorkspace({ path, message: 'work', signal })
const diff = ({ path, baseCommit }: Workspace) =>
  diffSummary({ source: { workspace: path }, baseCommit, signal })
const request = ({ branch, baseBranch, baseCommit }: Workspace) => ({
  repoPath: repo,
  branch,
  baseBranch,
  baseCommit,
  signal,
})
const merge = (workspace: Workspace) => mergeWorkspace({ ...request(workspace), message: 'Merge' })

test('submodules are empty in a workspace, which is said; they stay what they are, filled or not', async () => {
  const part = await makeRepository(join(folder, 'part'), { 'part.txt': 'p' })
  const withFiles = ['-c', 'protocol.file.allow=always', 'submodule']
  await gitIn(repo, ...withFiles, 'add', '--quiet', part, 'lib/part')
  await commitAll(repo, 'With a submodule')
  const workspace = await create()
  expect(await incompleteParts(workspace.path, signal)).toEqual([
    expect.stringMatching(/^The submodules lib\/part are empty .*“git submodule update --init --recursive”/),
  ])
  await writeFiles(workspace.path, { 'a.txt': 'changed\n' })
  expect(await commit(workspace)).toMatchObject({ files: ['a.txt'] })
  await gitIn(workspace.path, ...withFiles, 'update', '--quiet', '--init')
  expect(await commit(workspace)).toBeNull()
  await writeFiles(workspace.path, { 'lib/part/part.txt': 'of another repository' })
  expect((await diff(workspace)).files.map(({ path }) => path)).toEqual(['a.txt'])
  await merge(workspace)
  expect(await gitIn(repo, 'ls-tree', 'main', 'lib/part')).toMatch(/^160000 commit/)
  await discardWorkspace({ root, executionId: 'e1', signal })
  expect(await readdir(root)).toEqual([])
})

test('large files of which there is only a pointer are named', async () => {
  await writeFiles(repo, {
    '.gitattributes': '*.bin filter=lfs\n',
    'big.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 9\n`,
    'real.bin': 'here',
  })
  await gitIn(repo, '-c', 'filter.lfs.required=false', 'add', '--all')
  await commitAll(repo, 'Large')
  const { path } = await create()
  expect(await incompleteParts(path, signal)).toEqual([
    expect.stringMatching(/^big\.bin: of these large files there are only pointers here/),
  ])
})

test('a sparse checkout: what is left out is no deletion, and what is written there all the same is kept', async () => {
  await writeFiles(repo, { 'other/c.txt': 'c\n' })
  await commitAll(repo, 'More')
  await gitIn(repo, 'sparse-checkout', 'set', 'deep')
  const workspace = await create()
  expect((await readdir(workspace.path)).sort()).toEqual(['.git', 'a.txt', 'deep'])
  expect(await incompleteParts(workspace.path, signal)).toEqual([expect.stringContaining('is sparse')])
  await writeFiles(workspace.path, { 'other/new.txt': 'n\n', 'deep/b.txt': 'B\n' })
  const files = ['deep/b.txt', 'other/new.txt']
  expect((await diff(workspace)).files.map(({ path }) => path)).toEqual(files)
  expect(await commit(workspace)).toMatchObject({ files })
  await merge(workspace)
  expect(await gitIn(repo, 'ls-tree', '-r', '--name-only', 'main')).toBe(
    'a.txt\ndeep/b.txt\nother/c.txt\nother/new.txt',
  )
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
})

test('names with line breaks, quotes, tabs, dashes and magic are names like others, to the end', async () => {
  const names = [
    ' x ',
    '"q" \'s\'.txt',
    '$(touch pwned)',
    '-rf',
    ':(top)y',
    'a\tb',
    'line\nbreak.txt',
    'é/ü*[1]?.txt',
    '日本\\.txt',
  ]
  const workspace = await create()
  await writeFiles(workspace.path, Object.fromEntries(names.map((name) => [name, 'one\n'])))
  expect((await commit(workspace))?.files.toSorted()).toEqual(names)
  const { files } = await diff(workspace)
  expect(files.map(({ path }) => path).toSorted()).toEqual(names)
  const { path, baseCommit } = workspace
  for (const name of names) {
    const { patch } = await filePatch({ source: { workspace: path }, baseCommit, path: name, signal })
    expect([name, patch.match(/^\+one$/gm)?.length]).toEqual([name, 1])
  }
  await writeFiles(repo, { 'line\nbreak.txt': 'mine' })
  expect(await previewMerge(request(workspace))).toMatchObject({
    state: 'checkout_in_the_way',
    files: ['line\nbreak.txt'],
  })
  await rename(join(repo, 'line\nbreak.txt'), join(repo, 'mine.txt'))
  await merge(workspace)
  expect((await readdir(repo)).toSorted()).toEqual(
    ['.git', 'a.txt', 'deep', 'mine.txt', 'é', ...names.filter((name) => !name.includes('/'))].toSorted(),
  )
})

test('a symlink that leaves the tree is a link in the result; what it leads to is neither read nor taken along', async () => {
  const workspace = await create()
  const secret = join(folder, 'secret')
  await mkdir(secret)
  await writeFile(join(secret, 'key'), 'sk-secret')
  await symlink(secret, join(workspace.path, 'out'))
  await symlink(join(secret, 'key'), join(workspace.path, 'key'))
  await symlink('loop', join(workspace.path, 'loop'))
  expect(await commit(workspace)).toMatchObject({ files: ['key', 'loop', 'out'] })
  const { path, baseCommit } = workspace
  const { patch } = await filePatch({ source: { workspace: path }, baseCommit, path: '.', signal })
  expect(patch).not.toContain('sk-secret')
  await merge(workspace)
  expect(await readlink(join(repo, 'out'))).toBe(secret)
  await discardWorkspace({ root, executionId: 'e1', signal })
  expect(await readFile(join(secret, 'key'), 'utf8')).toBe('sk-secret')
})

test('huge files: a text is counted and its patch cut, a binary one counts no lines', async () => {
  const workspace = await create()
  await writeFiles(workspace.path, {
    'text.txt': 'a line of some length\n'.repeat(500_000),
    'one-line.json': 'x'.repeat(8_000_000),
    'data.bin': Buffer.alloc(30_000_000),
  })
  await commit(workspace)
  expect((await diff(workspace)).files).toMatchObject([
    { path: 'data.bin', is_binary: true, additions: 0 },
    { path: 'one-line.json', additions: 1 },
    { path: 'text.txt', additions: 500_000 },
  ])
  const { path, baseCommit } = workspace
  for (const name of ['text.txt', 'one-line.json', 'data.bin']) {
    const { patch } = await filePatch({ source: { workspace: path }, baseCommit, path: name, signal })
    expect(patch.length).toBeLessThanOrEqual(400_000)
    expect(patch).toContain(name)
  }
})

test('a checkout of the person that was moved by hand is not forgotten when workspaces come and go', async () => {
  const [here, there] = [join(folder, 'mine'), join(folder, 'moved')]
  await gitIn(repo, 'worktree', 'add', '--quiet', '-b', 'mine', here)
  await writeFiles(here, { 'draft.txt': 'not committed' })
  await rename(here, there)
  const workspace = await create()
  await rename(workspace.path, `${workspace.path}-aside`)
  expect(await create()).toEqual(workspace) // made again at its place
  await discardWorkspace({ root, executionId: 'e1', signal })
  await gitIn(repo, 'worktree', 'repair', there)
  expect(await gitIn(there, 'status', '--porcelain', '--branch')).toBe('## mine\n?? draft.txt')
  expect((await lstat(`${workspace.path}-aside`)).isDirectory()).toBe(true)
})

test('a workspace that was moved with git works on where git says', async () => {
  const workspace = await create()
  await gitIn(repo, 'worktree', 'move', workspace.path, join(folder, 'elsewhere'))
  expect(await create()).toEqual(workspace)
  await writeFiles(workspace.path, { 'a.txt': 'b\n' })
  expect(await commit(workspace)).toMatchObject({ files: ['a.txt'] })
})

const LOST: [string, (path: string) => Promise<unknown>][] = [
  ['its branch is removed', (path) => gitIn(path, 'update-ref', '-d', 'refs/heads/rangers/RNG-1')],
  ['an orphan is begun', (path) => gitIn(path, 'checkout', '--quiet', '--orphan', 'fresh')],
  [
    'its branch is begun anew',
    async (path) => {
      await gitIn(path, 'update-ref', '-d', 'refs/heads/rangers/RNG-1')
      await gitIn(path, 'commit', '--quiet', '--message', 'all that there is')
    },
  ],
]
test.each(LOST)('the work of a workspace can be read, goes on and is merged when %s', async (_how, lose) => {
  const workspace = await create()
  await writeFiles(workspace.path, { 'a.txt': 'one\n' })
  const done = await commit(workspace)
  await lose(workspace.path)
  await writeFiles(workspace.path, { 'new.txt': 'two\n' })
  expect((await diff(workspace)).files.map(({ path }) => path)).toEqual(['a.txt', 'new.txt'])
  const since = done?.commit ?? ''
  await commitWorkspace({ path: workspace.path, message: 'more', since, signal })
  expect(await previewMerge(request(workspace))).toMatchObject({ state: 'ready', commits: 2 })
  await merge(workspace)
  expect(await gitIn(repo, 'ls-tree', '--name-only', 'main')).toBe('a.txt\ndeep\nnew.txt')
  expect(await gitIn(repo, 'rev-parse', 'main^2^')).toBe(since)
})

test('a base branch that was begun anew since has nothing to be merged with, which is said', async () => {
  const workspace = await create()
  await writeFiles(workspace.path, { 'a.txt': 'one\n' })
  await commit(workspace)
  await gitIn(repo, 'checkout', '--quiet', '--orphan', 'fresh')
  await commitAll(repo, 'Without a past')
  await gitIn(repo, 'branch', '--force', 'main')
  const reason = expect.stringContaining('“main” was begun anew')
  expect(await previewMerge(request(workspace))).toMatchObject({ state: 'unavailable', reason })
})

test('trap: a commit that the database tells and that reads like an option writes no file', async () => {
  const { path } = await create()
  const target = join(folder, 'overwritten')
  await writeFile(target, 'as it was')
  const baseCommit = `--output=${target}`
  const source = { workspace: path }
  await expect(diffSummary({ source, baseCommit, signal })).rejects.toThrow()
  await expect(filePatch({ source, baseCommit, path: 'a.txt', signal })).rejects.toThrow()
  await expect(commitWorkspace({ path, message: 'work', since: baseCommit, signal })).rejects.toThrow()
  expect(await readFile(target, 'utf8')).toBe('as it was')
})
