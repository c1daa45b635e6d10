import { chmod, lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { commonDirectory, resolveCommit } from '#electron/platform/git-repository.ts'
import { listWorktrees } from '#electron/platform/git-worktree.ts'
import { RefusedError } from '#shared/errors.ts'
import type { RepositoryChange } from '#shared/repository-change.ts'
import type { Remedy } from './repository-difference.ts'
import { readKept, settingsOf } from './repository-snapshot.ts'

interface Undo {
  repo: string
  change: RepositoryChange
  remedy: Remedy
  signal: AbortSignal
}

/**
 * Puts one thing of a repository back as it was before an agent's step, if it still is as the step left it; throws
 * RefusedError otherwise, and then nothing has changed. What a ref or the stash held meanwhile is kept under
 * `refs/rangers/<execution>`.
 */
export function undoRepositoryChange(undo: Undo): Promise<void> {
  return inGitQueue(undo.repo, undo.signal, async () => {
    switch (undo.change.kind) {
      case 'ref':
        return undoRef(undo)
      case 'stash':
        return undoStash(undo)
      case 'head':
        return undoHead(undo)
      case 'hook':
        return undoFile(undo)
      case 'config':
        return undo.remedy.values ? undoSetting(undo, undo.remedy.values) : undoFile(undo)
    }
  })
}

const changedSince = ({ name }: RepositoryChange) =>
  new RefusedError(
    'CHANGED_SINCE',
    `${name} has been changed again since then. Look at it yourself with git.`,
  )

async function undoRef({ repo, change, signal }: Undo): Promise<void> {
  const { name, before, after } = change
  const where = { cwd: repo, signal }
  if (after) await keep({ repo, change, signal }, after)
  const none = '0'.repeat((before ?? after ?? '').length)
  const args = before === null ? ['-d', name, after ?? ''] : [name, before, after ?? none]
  const { exitCode } = await git(['update-ref', ...args], { ...where, okCodes: [1, 128] })
  if (exitCode !== 0) throw changedSince(change)
}

async function undoStash({ repo, change, signal }: Undo): Promise<void> {
  const where = { cwd: repo, signal }
  if (change.before !== null) {
    const message = 'Put back by Agent Rangers'
    await git(['stash', 'store', '--message', message, change.before], where)
    return
  }
  const { stdout } = await git(['reflog', 'show', '--format=%H', 'refs/stash', '--'], {
    ...where,
    okCodes: [128],
  })
  const place = stdout.split('\n').indexOf(change.after ?? '')
  if (place < 0) throw changedSince(change)
  await keep({ repo, change, signal }, change.after ?? '')
  await git(['stash', 'drop', `stash@{${place}}`], where)
}

/** Files of the checkout are taken along only by git's own switch, which refuses to overwrite what is not committed. */
async function undoHead(undo: Undo): Promise<void> {
  const { change, signal } = undo
  const { name: cwd, before, after } = change
  if (before === null) return undoNewCheckout(undo)
  if (after === null) return undoLostCheckout(undo, before)
  const where = { cwd, signal }
  const now =
    (await gitLine(['symbolic-ref', '--quiet', 'HEAD'], { ...where, okCodes: [1] })) ||
    (await gitLine(['rev-parse', 'HEAD'], where))
  if (now !== after) throw changedSince(change)
  const same = await git(['diff', '--quiet', before, '--'], { ...where, okCodes: [1, 128] })
  if (same.exitCode === 0 && before.startsWith('refs/')) await git(['symbolic-ref', 'HEAD', before], where)
  else if (before.startsWith('refs/heads/')) await git(['switch', before.slice('refs/heads/'.length)], where)
  else await git(['switch', '--detach', before], where)
}

/** A checkout that was added is removed, if nothing in it would be lost; commits that only it had are kept. */
async function undoNewCheckout({ repo, change, signal }: Undo): Promise<void> {
  const { name } = change
  const found = (await listWorktrees(repo, signal)).some(({ path }) => path === name)
  if (!found) throw changedSince(change)
  const head = await resolveCommit(name, 'HEAD', signal).catch(() => null)
  if (head) await keep({ repo, change, signal }, head)
  try {
    await git(['worktree', 'remove', '--', name], { cwd: repo, signal })
  } catch (cause) {
    if (!(cause instanceof GitError) || cause.exitCode !== 128) throw cause
    const isDirty = cause.stderr.includes('modified or untracked files')
    const reason = isDirty ? 'has files that are not committed' : 'is locked or in use'
    const sentence = `${name} ${reason}, so it was not removed. Look at it, then remove it with “git worktree remove”.`
    throw new RefusedError('CHECKOUT_IN_USE', sentence, {}, { cause })
  }
}

/** A checkout that was removed is made again from its branch or commit; what was not committed in it is gone. */
async function undoLostCheckout({ repo, change, signal }: Undo, before: string): Promise<void> {
  const { name } = change
  const isKnown = (await listWorktrees(repo, signal)).some(({ path }) => path === name)
  if (isKnown) throw changedSince(change)
  if (await lstat(name).catch(() => null)) {
    const sentence = `There are files in ${name} that git knows no checkout of any more. Move them away, then put it back.`
    throw new RefusedError('CHECKOUT_IN_THE_WAY', sentence)
  }
  const branch = before.startsWith('refs/heads/') ? before.slice('refs/heads/'.length) : null
  const args = branch ? ['--', name, branch] : ['--detach', '--', name, before]
  const { exitCode } = await git(['worktree', 'add', ...args], { cwd: repo, signal, okCodes: [128] })
  if (exitCode !== 0) throw changedSince(change)
}

async function undoFile({ repo, change, remedy, signal }: Undo): Promise<void> {
  const path = join(await commonDirectory(repo, signal), change.name)
  const now = await readKept(path)
  if ((now?.hash.slice(0, 200) ?? null) !== change.after) throw changedSince(change)
  const { file } = remedy
  if (file === undefined || file?.content === null) {
    const sentence = `What ${change.name} was before has not been kept: it was a link, or too large. Put it back yourself.`
    throw new RefusedError('NOT_KEPT', sentence)
  }
  await rm(path, { force: true }) // never through a link
  if (file === null) return
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.from(file.content ?? '', 'base64'), { flag: 'wx' })
  await chmod(path, file.mode)
}

async function undoSetting(
  { repo, change, signal }: Undo,
  { before, after }: { before: string[]; after: string[] },
): Promise<void> {
  const file = join(await commonDirectory(repo, signal), 'config')
  const where = { cwd: repo, signal }
  const now = (await settingsOf(file, repo, signal))[change.name] ?? []
  if (now.join('\0') !== after.join('\0')) throw changedSince(change)
  if (now.length > 0) await git(['config', '--file', file, '--unset-all', change.name], where)
  for (const value of before) await git(['config', '--file', file, '--add', change.name, value], where)
}

async function keep({ repo, change, signal }: Omit<Undo, 'remedy'>, commit: string): Promise<void> {
  const ref = `refs/rangers/${change.execution_id}/undone-${commit.slice(0, 12)}`
  await git(['update-ref', ref, commit], { cwd: repo, signal })
}
