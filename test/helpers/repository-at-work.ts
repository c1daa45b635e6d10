import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { commitWorkspace } from '#electron/workspaces/commit-workspace.ts'
import { createWorkspace, type Workspace } from '#electron/workspaces/create-workspace.ts'
import { type MergeRequest, mergeWorkspace } from '#electron/workspaces/merge.ts'
import type { MergeResult } from '#shared/diff.ts'
import { gitIn, makeRepository, temporaryFolder, writeFiles } from './git-fixture.ts'

/** A repository, and the workspace of the card RNG-1 in it; both are new for each test. */
export interface RepositoryAtWork {
  /** Holds everything, and goes with the test. */
  folder: string
  repo: string
  /** Where workspaces lie. */
  root: string
  workspace: Workspace
  /** Writes files in the workspace and commits them. */
  work(files: Record<string, string | Buffer>): Promise<void>
  request(): MergeRequest
  merge(): Promise<MergeResult>
  /** Everything of the person's checkout that a refused merge must leave alone. */
  state(): Promise<unknown>
}

/** Never aborted. */
export const { signal } = new AbortController()

/** Makes it before each test of the file. */
export function repositoryAtWork(): RepositoryAtWork {
  const at = {} as RepositoryAtWork
  let remove = async () => {}
  beforeEach(async () => {
    const made = await temporaryFolder()
    remove = made.remove
    Object.assign(at, await makeIn(made.path))
  })
  afterEach(() => remove())
  return at
}

async function makeIn(folder: string): Promise<RepositoryAtWork> {
  const root = join(folder, 'workspaces')
  const repo = await makeRepository(join(folder, 'répo one'), {
    'a.txt': 'one\ntwo\nthree\n',
    'b.txt': 'b\n',
    '.gitignore': '*.local\n',
  })
  const project = { path: repo, is_repository: true }
  const workspace = await createWorkspace({
    project,
    root,
    executionId: 'e1',
    branch: 'rangers/RNG-1',
    signal,
  })
  const { path, branch, baseBranch, baseCommit } = workspace
  const request = () => ({ repoPath: repo, branch, baseBranch, baseCommit, signal })
  return {
    folder,
    repo,
    root,
    workspace,
    async work(files) {
      await writeFiles(path, files)
      await commitWorkspace({ path, message: 'work', signal })
    },
    request,
    merge: () => mergeWorkspace({ ...request(), message: 'Merge RNG-1: do it' }),
    state: () => stateOf(repo),
  }
}

async function stateOf(repo: string): Promise<unknown> {
  const files = await Promise.all(
    (await readdir(repo))
      .filter((name) => name !== '.git')
      .map(async (name) => [name, await readFile(join(repo, name), 'utf8')]),
  )
  return {
    files,
    refs: await gitIn(repo, 'for-each-ref'),
    status: await gitIn(repo, 'status', '--porcelain=v2', '--branch'),
    stash: await gitIn(repo, 'stash', 'list'),
  }
}
