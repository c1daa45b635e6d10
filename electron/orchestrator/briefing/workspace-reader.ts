import { constants, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { git } from '../../platform/git.ts'
import { GitError } from '../../platform/git-error.ts'
import { resolveInside } from '../../workspaces/confine.ts'

/** The files of a repository are looked at up to here; what lies beyond is left to the agent's own search. */
const MOST_FILES = 50_000
const MOST_LIST_BYTES = 8 * 1024 * 1024
const MOST_GREP_BYTES = 2 * 1024 * 1024
const LONGEST_READ = 64 * 1024

/** All files that git does not ignore, relative to the root. */
export async function listRepository(workspace: string, signal: AbortSignal): Promise<string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const where = { cwd: workspace, ceiling: dirname(workspace), signal, limit: MOST_LIST_BYTES }
  const { stdout, truncated } = await git(args, where)
  const names = stdout.split('\0')
  if (truncated) names.pop() // cut in half
  return [...new Set(names.filter(Boolean))].slice(0, MOST_FILES)
}

/** In which files these names occur as whole words; what could not be told within the time is not there. */
export async function whereNamesOccur(
  workspace: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  if (names.length === 0) return found
  const flags = ['--untracked', '--no-textconv', '--no-color', '-I', '-o', '-w', '-z', '--fixed-strings']
  const patterns = names.flatMap((name) => ['-e', name])
  const args = ['grep', ...flags, ...patterns]
  const where = { cwd: workspace, ceiling: dirname(workspace), signal, okCodes: [1], limit: MOST_GREP_BYTES }
  const stdout = await git(args, where).then(
    (output) => output.stdout,
    (error: unknown) => {
      if (error instanceof GitError) return ''
      throw error
    },
  )
  for (const line of stdout.split('\n')) {
    const [path, name] = line.split('\0')
    if (!path || !name || !names.includes(name)) continue
    const ofFile = found.get(path) ?? new Set()
    found.set(path, ofFile.add(name))
  }
  return found
}

/** The beginning of a text file of the workspace; null for what is none, or leads out of it. */
export async function readBeginning(workspace: string, path: string): Promise<string | null> {
  const real = await resolveInside(workspace, path).catch(() => null)
  if (real === null) return null
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null)
  if (!file) return null
  try {
    if (!(await file.stat()).isFile()) return null
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_READ), 0, LONGEST_READ, 0)
    const text = buffer.toString('utf8', 0, bytesRead)
    return text.includes('\0') ? null : text
  } finally {
    await file.close()
  }
}
