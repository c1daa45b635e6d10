import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inspectFolder } from '#electron/workspaces/inspect-folder.ts'
import { commitAll, gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

let folder: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
})
afterEach(() => {
  vi.unstubAllEnvs()
  return remove()
})

test('a repository is reported with its branch, its dirt and the command that tests it', async () => {
  const repo = await makeRepository(join(folder, 'mon café (1)'), {
    'package.json': JSON.stringify({ scripts: { test: 'node --test' } }),
  })
  await writeFiles(repo, { 'ünnew file.txt': 'x', 'package.json': '{"scripts":{"test":"vitest"}}' })
  expect(await inspectFolder(repo, signal)).toEqual({
    path: repo,
    kind: 'repository',
    branch: 'main',
    uncommitted_files: 2,
    proposed: { setup_command: null, lint_command: null, check_command: 'npm test', run_command: null },
  })
})

test('an empty repository, a detached HEAD and a plain folder are told apart', async () => {
  const empty = await makeRepository(join(folder, 'empty'))
  const detached = await makeRepository(join(folder, 'detached'), { 'a.txt': 'a' })
  await gitIn(detached, 'switch', '--quiet', '--detach')
  const plain = join(folder, 'plain')
  await writeFiles(plain, { 'go.mod': 'module x' })

  const [first, second, third] = await Promise.all(
    [empty, detached, plain].map((path) => inspectFolder(path, signal)),
  )
  expect(first).toMatchObject({ kind: 'empty_repository', branch: 'main' })
  expect(second).toMatchObject({ kind: 'repository', branch: null })
  expect(third).toMatchObject({
    kind: 'plain_folder',
    branch: null,
    proposed: { check_command: 'go test ./...', lint_command: 'go vet ./...' },
  })
})

test('a folder of a repository stands for the repository, an untracked one for itself', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'src/a.txt': 'a' })
  await mkdir(join(repo, 'scratch'))
  expect(await inspectFolder(join(repo, 'src'), signal)).toMatchObject({ path: repo, kind: 'repository' })
  expect(await inspectFolder(join(repo, 'scratch'), signal)).toMatchObject({
    path: join(repo, 'scratch'),
    kind: 'plain_folder',
  })
})

test.each([
  ['nothing there', 'gone', 'PATH_NOT_FOUND'],
  ['a file', 'file.txt', 'NOT_A_FOLDER'],
  ['a path through a file', 'file.txt/deeper', 'PATH_NOT_FOUND'],
  ['a path that is too long', 'x'.repeat(5000), 'PATH_NOT_FOUND'],
  ['a path with a zero byte', 'a\0b', 'PATH_NOT_FOUND'],
  ['a bare repository', 'bare.git', 'BARE_REPOSITORY'],
])('%s is refused with a sentence', async (_what, path, error) => {
  await writeFile(join(folder, 'file.txt'), 'x')
  await gitIn(folder, 'init', '--quiet', '--bare', 'bare.git')
  await expect(inspectFolder(join(folder, path), signal)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    detail: { error, message: expect.stringMatching(/\.$/) },
  })
})

test('a repository of another user is refused with the command that trusts it', async () => {
  const repo = await makeRepository(join(folder, 'theirs'), { 'a.txt': 'a' })
  const { chown } = await import('node:fs/promises')
  await chmod(repo, 0o755)
  const isRoot = process.getuid?.() === 0
  if (!isRoot) return // only root can make another user's folder
  await chown(repo, 12345, 12345)
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null') // whoever runs the tests may trust all folders
  await expect(inspectFolder(repo, signal)).rejects.toMatchObject({
    detail: { error: 'DUBIOUS_OWNERSHIP', message: expect.stringContaining('safe.directory') },
  })
})

test('looking writes nothing', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await commitAll(repo, 'again').catch(() => undefined)
  const before = await gitIn(repo, 'for-each-ref')
  await inspectFolder(repo, signal)
  expect(await gitIn(repo, 'for-each-ref')).toBe(before)
  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
})
