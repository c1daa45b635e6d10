import { git } from './git.ts'

/** One file that differs from the last commit. */
export interface StatusEntry {
  path: string
  /** `staged`: the index differs from HEAD; `changed`: the file differs from the index; or neither is tracked. */
  state: 'staged' | 'changed' | 'untracked'
}

/** What is uncommitted in a checkout. Untracked folders count once unless `everyFile`. */
export async function gitStatus(
  cwd: string,
  signal: AbortSignal,
  options: { everyFile?: boolean } = {},
): Promise<StatusEntry[]> {
  const untracked = `--untracked-files=${options.everyFile ? 'all' : 'normal'}`
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--ignore-submodules=dirty', untracked]
  const { stdout } = await git(args, { cwd, signal })
  return stdout.split('\0').filter(Boolean).map(parseEntry)
}

function parseEntry(line: string): StatusEntry {
  const path = line.slice(3)
  if (line.startsWith('??')) return { path, state: 'untracked' }
  return { path, state: line[0] === ' ' ? 'changed' : 'staged' }
}
