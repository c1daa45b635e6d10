import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'

/**
 * Those of some files of a checkout that a person has changed and told git not to look at (`update-index --assume-unchanged`,
 * `--skip-worktree`): its status is silent about them, and yet it refuses to write over them. What a sparse checkout leaves
 * out is not there, and no change.
 */
export async function unseenChanges(
  checkout: string,
  among: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const where = { cwd: checkout, signal }
  const { stdout } = await git(['ls-files', '-v', '--stage', '-z'], where)
  const changed: string[] = []
  for (const line of stdout.split('\0')) {
    // "H mode name stage TAB path"; S and lower-case letters are those that git does not look at.
    const [, known, path] = /^[Sa-z] \d+ ([0-9a-f]+) \d\t(.+)$/s.exec(line) ?? []
    if (!known || !path || !among.has(path)) continue
    const entry = await lstat(join(checkout, path)).catch(() => null)
    if (!entry) continue
    const isSame = entry.isFile() && (await gitLine(['hash-object', '--', path], where)) === known
    if (!isSame) changed.push(path)
  }
  return changed
}
