import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { git } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

let folder: string
let remove: () => Promise<void>
const signal = new AbortController().signal

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
})
afterEach(() => remove())

test('a failure carries the exit code and what git said', async () => {
  const error = await git(['rev-parse', '--verify', 'nonsense'], { cwd: folder, signal }).catch((e) => e)
  expect(error).toBeInstanceOf(GitError)
  expect(error).toMatchObject({ exitCode: 128, stderr: expect.stringContaining('not a git repository') })
})

test('a missing git is told apart from a missing folder', async () => {
  const path = process.env.PATH
  process.env.PATH = folder
  try {
    await expect(git(['--version'], { cwd: folder, signal })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      detail: { error: 'GIT_MISSING', message: expect.stringContaining('git-scm.com') },
    })
  } finally {
    process.env.PATH = path
  }
  await expect(git(['--version'], { cwd: join(folder, 'gone'), signal })).rejects.toMatchObject({
    detail: { error: 'FOLDER_MISSING' },
  })
})

test('an abort ends git and rejects with its reason', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  const controller = new AbortController()
  const running = git(['cat-file', '--batch'], {
    cwd: repo,
    signal: controller.signal,
    input: 'HEAD\n'.repeat(200_000),
  })
  controller.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
})

test('git sees no key of ours and no GIT_DIR of a hook that started us', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await gitIn(repo, 'config', 'alias.show-env', '!env')
  Object.assign(process.env, { ANTHROPIC_API_KEY: 'sk-ant-secret', GIT_DIR: '/nowhere' })
  try {
    const { stdout } = await git(['show-env'], { cwd: repo, signal })
    expect(stdout).not.toContain('sk-ant-secret')
  } finally {
    delete process.env.ANTHROPIC_API_KEY
    delete process.env.GIT_DIR
  }
})

test('work in one repository is done one after the other, also through a worktree of it', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await gitIn(repo, 'worktree', 'add', '--quiet', join(folder, 'tree'))
  const order: string[] = []
  const job = (name: string) => async () => {
    order.push(`${name} begins`)
    await git(['status'], { cwd: repo, signal })
    order.push(`${name} ends`)
  }
  await Promise.all([
    inGitQueue(repo, signal, job('one')),
    inGitQueue(join(folder, 'tree'), signal, job('two')),
    inGitQueue(repo, signal, job('three')),
  ])
  for (let at = 0; at < order.length; at += 2)
    expect(order[at + 1]).toBe(order[at]?.replace('begins', 'ends'))
  expect(order).toHaveLength(6)
})

test('a failure that another process causes in passing is repeated', async () => {
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  let calls = 0
  const result = await inGitQueue(repo, signal, async () => {
    calls += 1
    if (calls < 3)
      throw new GitError(['worktree'], 128, 'fatal: failed to read .git/worktrees/x/commondir: Success')
    return 'done'
  })
  expect([result, calls]).toEqual(['done', 3])
})

test('a folder that may not be written to is a sentence', async () => {
  if (process.getuid?.() === 0) return // root may write everywhere
  const repo = await makeRepository(join(folder, 'repo'), { 'a.txt': 'a' })
  await writeFiles(repo, { 'b.txt': 'b' })
  await chmod(join(repo, '.git'), 0o500)
  await expect(git(['add', 'b.txt'], { cwd: repo, signal })).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
  })
  await chmod(join(repo, '.git'), 0o700)
})
