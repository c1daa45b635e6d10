import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { keepLogs } from './run-logs.ts'

const run = promisify(execFile)

/** A temporary folder, real path, removed by `remove()`. */
export async function temporaryFolder(
  name = 'rangers-test-',
): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), name)))
  const remove = async () => {
    await keepLogs(path)
    await rm(path, { recursive: true, force: true })
  }
  return { path, remove }
}

/** Plain git as a person would run it, with a name of its own. */
export async function gitIn(cwd: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Pat', '-c', 'user.email=pat@example.com', '-c', 'commit.gpgsign=false']
  const { stdout } = await run('git', [...identity, ...args], { cwd })
  return stdout.trim()
}

/** Writes files, making their folders. */
export async function writeFiles(folder: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** A repository on branch `main` with one commit of the given files (none: an empty repository). */
export async function makeRepository(
  folder: string,
  files: Record<string, string | Buffer> = {},
): Promise<string> {
  await mkdir(folder, { recursive: true })
  await gitIn(folder, 'init', '--quiet', '--initial-branch=main')
  if (Object.keys(files).length > 0) {
    await writeFiles(folder, files)
    await commitAll(folder, 'First commit')
  }
  return folder
}

export async function commitAll(folder: string, message: string): Promise<string> {
  await gitIn(folder, 'add', '--all')
  await gitIn(folder, 'commit', '--quiet', '-m', message)
  return gitIn(folder, 'rev-parse', 'HEAD')
}
