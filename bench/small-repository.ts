import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** A repository with one file and one commit, in a folder; gives its path. */
export async function makeRepository(folder: string): Promise<string> {
  const repo = path.join(folder, 'repo')
  await mkdir(repo)
  await writeFile(path.join(repo, 'a.js'), 'export const a = 1\n')
  const run = promisify(execFile)
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '.'],
    ['-c', 'user.name=B', '-c', 'user.email=b@example.com', 'commit', '-qm', 'First'],
  ])
    await run('git', args, { cwd: repo })
  return repo
}
