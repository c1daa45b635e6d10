import { readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepCheckpoint } from '#electron/workspaces/checkpoint.ts'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace } from '#electron/workspaces/create-workspace.ts'
import { diffSummary } from '#electron/workspaces/diff.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'
import { makeSmallDisk, mayMakeDisks } from '../helpers/small-disk.ts'

let folder: string
let root: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  root = join(folder, 'data', 'workspaces')
})
afterEach(() => remove())

function create(path: string, executionId = 'e1', branch = 'rangers/RNG-1-do-it', is_repository = true) {
  return createWorkspace({ project: { path, is_repository }, root, executionId, branch, signal })
}

test('a worktree lies outside the project on a new branch, without the dirt of the checkout', async () => {
  const repo = await makeRepository(join(folder, 'Mein Café'), { 'a.txt': 'a' })
  await writeFiles(repo, { 'a.txt': 'dirty', 'new.txt': 'untracked' })
  const head = await gitIn(repo, 'rev-parse', 'HEAD')

  expect(await create(repo)).toEqual({
    path: join(root, 'e1'),
    branch: 'rangers/RNG-1-do-it',
    baseBranch: 'main',
    baseCommit: head,
    uncommittedFiles: 2,
  })
  expect(await readFile(join(root, 'e1', 'a.txt'), 'utf8')).toBe('a')
  expect((await readdir(join(root, 'e1'))).sort()).toEqual(['.git', 'a.txt'])
  expect(await readFile(join(repo, 'a.txt'), 'utf8')).toBe('dirty')
})

test('asked again for the same execution it gives the same workspace', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const first = await create(repo)
  await writeFiles(first.path, { 'work.txt': 'kept' })
  expect(await create(repo)).toEqual(first)
  expect(await readFile(join(first.path, 'work.txt'), 'utf8')).toBe('kept')
})

test('a workspace whose folder was deleted is made again from its branch', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const first = await create(repo)
  await writeFiles(first.path, { 'work.txt': 'committed' })
  await commitWorkspace({ path: first.path, message: 'work', signal })
  await rm(first.path, { recursive: true })
  expect(await create(repo)).toEqual(first)
  expect(await readFile(join(first.path, 'work.txt'), 'utf8')).toBe('committed')
})

test('a branch name that is taken gets a number', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const names = await Promise.all(['e1', 'e2', 'e3'].map(async (id) => (await create(repo, id)).branch))
  expect(names.sort()).toEqual(['rangers/RNG-1-do-it', 'rangers/RNG-1-do-it-2', 'rangers/RNG-1-do-it-3'])
})

test('a detached HEAD works: the base is the commit and there is no base branch', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await gitIn(repo, 'switch', '--quiet', '--detach')
  expect(await create(repo)).toMatchObject({
    baseBranch: null,
    baseCommit: await gitIn(repo, 'rev-parse', 'HEAD'),
  })
})

test.skipIf(!(await mayMakeDisks()))(
  'a repository on a read-only disk says so, and is worked in once it can be written',
  async () => {
    await using disk = await makeSmallDisk(8)
    const repo = await makeRepository(join(disk.path, 'repo'), { 'a.txt': 'a' })
    await disk.setWritable(false)
    await expect(create(repo)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      detail: {
        error: 'NOT_WRITABLE',
        message: expect.stringMatching(/^Git may not write here: .*refs\/heads\/rangers.* read-only/),
      },
    })
    await disk.setWritable(true)
    expect((await create(repo)).branch).toBe('rangers/RNG-1-do-it')
  },
)

test('an empty repository is refused with the next step, and nothing is left behind', async () => {
  const repo = await makeRepository(join(folder, 'repo'))
  await expect(create(repo)).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    detail: { error: 'EMPTY_REPOSITORY', message: expect.stringContaining('first commit') },
  })
  expect(await readdir(root)).toEqual([])
})

test('a branch called rangers is named as what is in the way', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await gitIn(repo, 'branch', 'rangers')
  await expect(create(repo)).rejects.toMatchObject({ detail: { error: 'BRANCH_NAME_TAKEN' } })
})

test('a folder in the way that is not ours is neither used nor removed', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await writeFiles(join(root, 'e1'), { 'precious.txt': 'x' })
  await expect(create(repo)).rejects.toMatchObject({ detail: { error: 'NOT_OUR_FOLDER' } })
  expect(await readdir(join(root, 'e1'))).toEqual(['precious.txt'])
})

test('hooks of the repository are not run by us', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const trace = join(folder, 'hook-ran')
  for (const hook of ['post-checkout', 'pre-commit', 'post-commit']) {
    await writeFiles(repo, { [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch '${trace}'\nexit 1\n` })
    await gitIn(repo, 'config', 'core.fsmonitor', `touch '${trace}'; false`)
  }
  const { chmod } = await import('node:fs/promises')
  for (const hook of ['post-checkout', 'pre-commit', 'post-commit'])
    await chmod(join(repo, '.git/hooks', hook), 0o755)
  const { path } = await create(repo)
  await writeFiles(path, { 'b.txt': 'b' })
  await commitWorkspace({ path, message: 'b', signal })
  expect(await readdir(folder)).not.toContain('hook-ran')
})

test('a plain folder is copied with a private first commit, and links out of it are left out', async () => {
  const plain = join(folder, 'plain folder')
  await writeFiles(plain, { 'a.txt': 'a', 'node_modules/x/index.js': 'x', 'sub/b.txt': 'b' })
  await symlink('/etc/passwd', join(plain, 'out'))
  await symlink('../../..', join(plain, 'sub/up'))
  await symlink('a.txt', join(plain, 'inside'))

  const { path, baseCommit, baseBranch } = await create(plain, 'e1', 'rangers/RNG-1', false)
  expect(baseBranch).toBeNull()
  expect(await gitIn(path, 'ls-tree', '-r', '--name-only', baseCommit)).toBe('a.txt\ninside\nsub/b.txt')
  expect((await readdir(path)).sort()).toEqual(['.git', 'a.txt', 'inside', 'node_modules', 'sub'])
  expect(await readlink(join(path, 'inside'))).toBe('a.txt')
  expect(await readdir(plain)).not.toContain('.git')
})

test('what is different counts untracked files and leaves index and status as they were', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a', '.gitignore': 'ignored.txt\n' })
  const { path, baseCommit } = await create(repo)
  await writeFiles(path, { 'a.txt': 'changed', 'new/ü.txt': 'new', 'ignored.txt': 'x' })
  const status = await gitIn(path, 'status', '--porcelain')
  const { files } = await diffSummary({ source: { workspace: path }, baseCommit, signal })
  expect(files.map(({ path, kind }) => `${kind} ${path}`)).toEqual(['modified a.txt', 'added new/ü.txt'])
  expect(await gitIn(path, 'status', '--porcelain')).toBe(status)
})

test('a checkpoint keeps a commit under the name of its step', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path, baseCommit } = await create(repo)
  await keepCheckpoint({ workspace: path, executionId: 'e1', number: 1, commit: baseCommit, signal })
  expect(await gitIn(repo, 'rev-parse', 'refs/rangers/e1/1')).toBe(baseCommit)
})

test('a commit takes everything along, and null says that there was nothing', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a', 'old.txt': 'o' })
  const { path } = await create(repo)
  await writeFiles(path, { 'a.txt': 'changed', 'new file.txt': 'n' })
  await rm(join(path, 'old.txt'))
  const commit = await commitWorkspace({ path, message: 'Do it\n\nBecause.', signal })
  expect(commit).toEqual({
    commit: await gitIn(repo, 'rev-parse', 'rangers/RNG-1-do-it'),
    files: ['a.txt', 'new file.txt', 'old.txt'],
    repositories: [],
  })
  expect(await commitWorkspace({ path, message: 'again', signal })).toBeNull()
})

test('commits that an agent made by itself count, also on a branch of its own', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path, baseCommit } = await create(repo)
  await gitIn(path, 'switch', '--quiet', '-c', 'my-idea')
  await writeFiles(path, { 'b.txt': 'b' })
  const own = await commitAll(path, 'mine')
  const commit = await commitWorkspace({ path, message: 'rest', since: baseCommit, signal })
  expect(commit).toEqual({ commit: own, files: ['b.txt'], repositories: [] })
  expect(await gitIn(path, 'branch', '--show-current')).toBe('rangers/RNG-1-do-it')
})

test('a detached HEAD on other history is kept under a hidden ref and the files stay as they are', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path } = await create(repo)
  await writeFiles(path, { 'b.txt': 'b' })
  await commitWorkspace({ path, message: 'b', signal })
  await gitIn(path, 'switch', '--quiet', '--detach', 'main')
  await writeFiles(path, { 'c.txt': 'c' })
  const stray = await commitAll(path, 'stray')
  const commit = await commitWorkspace({ path, message: 'as it is now', signal })
  expect(await gitIn(path, 'ls-tree', '--name-only', commit?.commit ?? '')).toBe('a.txt\nc.txt')
  expect(await gitIn(repo, 'rev-parse', `refs/rangers/e1/left-${stray.slice(0, 12)}`)).toBe(stray)
  expect(await gitIn(path, 'log', '--format=%s')).toBe('as it is now\nb\nFirst commit')
})

test('a deleted link file is written again, and git never climbs to a repository above', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await makeRepository(folder, { 'outer.txt': 'x' })
  const { path } = await create(repo)
  await writeFiles(path, { 'b.txt': 'b' })
  await rm(join(path, '.git'))
  expect(await commitWorkspace({ path, message: 'b', signal })).toMatchObject({ files: ['b.txt'] })
})

test('a worktree that its repository has forgotten is made known again, with all that was not committed', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a', 'gone.txt': 'g' })
  const { path, branch } = await create(repo)
  await writeFiles(path, { 'a.txt': 'changed', 'new.txt': 'n' })
  await rm(join(path, 'gone.txt'))
  await rm(join(repo, '.git', 'worktrees'), { recursive: true })
  const { files } = await diffSummary({
    source: { workspace: path },
    baseCommit: await gitIn(repo, 'rev-parse', 'main'),
    signal,
  })
  expect(files.map((file) => file.path)).toEqual(['a.txt', 'gone.txt', 'new.txt'])
  expect((await commitWorkspace({ path, message: 'work', signal }))?.files).toEqual([
    'a.txt',
    'gone.txt',
    'new.txt',
  ])
  expect(await gitIn(repo, 'show', `${branch}:a.txt`)).toBe('changed')
  expect(await gitIn(repo, 'worktree', 'list')).toContain(path)
  expect((await readdir(join(root))).sort()).toEqual(['e1', 'e1.json'])
})

test('CRLF and LF together do not stop a commit, whatever git is told to fear', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a\n' })
  await gitIn(repo, 'config', 'core.autocrlf', 'input')
  await gitIn(repo, 'config', 'core.safecrlf', 'true')
  const { path } = await create(repo)
  await writeFiles(path, { 'a.txt': 'a\r\nb\r\n' })
  expect(await commitWorkspace({ path, message: 'work', signal })).toMatchObject({ files: ['a.txt'] })
})

test('a branch below the wished one is in its way, as one of the same name is', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await gitIn(repo, 'branch', 'rangers/RNG-1-do-it/part')
  expect((await create(repo)).branch).toBe('rangers/RNG-1-do-it-2')
})

test('a repository that a test has made within the workspace does not stop a commit', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path } = await create(repo)
  await makeRepository(join(path, 'fixture'))
  await writeFiles(path, { 'b.txt': 'b' })
  expect(await commitWorkspace({ path, message: 'b', signal })).toMatchObject({ files: ['b.txt'] })
})

test('what an agent makes in a repository of its own within is part of the work, and merged as files', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path, baseCommit } = await create(repo)
  await makeRepository(join(path, 'scaffold'))
  await writeFiles(path, {
    'scaffold/main.rb': 'puts 1',
    'scaffold/.gitignore': '*.log\n',
    'scaffold/x.log': 'x',
  })
  await makeRepository(join(path, 'deep', 'clone'), { 'readme.md': 'hello', 'src/b.c': 'b' })
  const files = ['deep/clone/readme.md', 'deep/clone/src/b.c', 'scaffold/.gitignore', 'scaffold/main.rb']
  const { files: seen } = await diffSummary({ source: { workspace: path }, baseCommit, signal })
  expect(seen.map((file) => file.path)).toEqual(files)
  expect(await commitWorkspace({ path, message: 'work', signal })).toMatchObject({ files })
  await writeFiles(path, { 'scaffold/main.rb': 'puts 2', 'deep/clone/new.c': 'n' })
  await rm(join(path, 'deep', 'clone', 'readme.md'))
  expect(await commitWorkspace({ path, message: 'more', signal })).toMatchObject({
    files: ['deep/clone/new.c', 'deep/clone/readme.md', 'scaffold/main.rb'],
  })
  expect(await commitWorkspace({ path, message: 'nothing', signal })).toBeNull()
})

test('without a name in git’s settings, commits are made by Agent Rangers', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const { path } = await create(repo)
  await writeFiles(path, { 'b.txt': 'b' })
  const before = process.env.GIT_CONFIG_GLOBAL
  process.env.GIT_CONFIG_GLOBAL = '/dev/null'
  try {
    await commitWorkspace({ path, message: 'b', signal })
  } finally {
    if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL
    else process.env.GIT_CONFIG_GLOBAL = before
  }
  expect(await gitIn(path, 'log', '-1', '--format=%an <%ae>')).toBe('Agent Rangers <agents@rangers.local>')
})
