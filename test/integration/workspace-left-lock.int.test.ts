import { lstat, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { mergeWorkspace } from '#electron/workspaces/merge.ts'
import { gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

/** What git leaves behind when it is killed in the middle. */
let repo: string
let workspace: Workspace
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  const folder = await temporaryFolder()
  remove = folder.remove
  repo = await makeRepository(join(folder.path, 'repo'), { 'a.txt': 'a\n' })
  workspace = await createWorkspace({
    project: { path: repo, is_repository: true },
    root: join(folder.path, 'workspaces'),
    executionId: 'e1',
    branch: 'rangers/RNG-1',
    signal,
  })
  await writeFiles(workspace.path, { 'a.txt': 'changed\n' })
})
afterEach(() => remove())

const gitFolder = () => gitIn(workspace.path, 'rev-parse', '--absolute-git-dir')
const commit = () => commitWorkspace({ path: workspace.path, message: 'work', signal })

async function lockAt(path: string, isOld: boolean): Promise<string> {
  await writeFile(path, '')
  if (isOld) await utimes(path, 1, 1)
  return path
}

test.each([
  ['the index', async () => join(await gitFolder(), 'index.lock')],
  ['HEAD', async () => join(await gitFolder(), 'HEAD.lock')],
  ['the branch', async () => join(repo, '.git', 'refs', 'heads', 'rangers', 'RNG-1.lock')],
])(
  'a lock of %s that an agent’s killed git has left keeps no work from being committed',
  async (_what, of) => {
    await lockAt(await of(), true)
    expect(await commit()).toMatchObject({ files: ['a.txt'] })
  },
)

test('a lock that is young may be somebody’s, and is waited for', async () => {
  const lock = await lockAt(join(await gitFolder(), 'index.lock'), false)
  const committed = commit()
  await rm(lock)
  expect(await committed).toMatchObject({ files: ['a.txt'] })
})

test('a lock in the person’s own checkout is theirs: the merge is refused, and it stays', async () => {
  await commit()
  const lock = await lockAt(join(repo, '.git', 'index.lock'), true)
  const request = { ...workspace, repoPath: repo, signal, message: 'm' }
  await expect(mergeWorkspace(request)).rejects.toMatchObject({ detail: { error: 'MERGE_UNAVAILABLE' } })
  expect((await lstat(lock)).isFile()).toBe(true)
})
