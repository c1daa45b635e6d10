import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { snapshotTree } from '#electron/platform/git-snapshot.ts'
import { gitIn, makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

test('a change that leaves size and time of a file as git has seen them is in the snapshot all the same', async () => {
  const folder = await temporaryFolder()
  try {
    const repo = await makeRepository(join(folder.path, 'repo'), { 'a.txt': 'a\n' })
    // As where the file system tells times in steps: written, staged and written again within one of them.
    await gitIn(repo, 'config', 'core.trustctime', 'false')
    const then = new Date('2026-01-01T00:00:00Z')
    await utimes(join(repo, 'a.txt'), then, then)
    await gitIn(repo, 'update-index', '--refresh')
    await utimes(join(repo, '.git/index'), then, then)
    await writeFiles(repo, { 'a.txt': 'A\n' })
    await utimes(join(repo, 'a.txt'), then, then)
    const tree = await snapshotTree(repo, folder.path, new AbortController().signal)
    expect(await gitIn(repo, 'show', `${tree}:a.txt`)).toBe('A')
  } finally {
    await folder.remove()
  }
})
