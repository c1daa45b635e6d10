import { git } from '#electron/platform/git.ts'

/** Which of these commits the repository of a folder has; none where the folder is in no repository. */
export async function knownCommits(
  folder: string,
  commits: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> {
  if (commits.length === 0) return new Set()
  const { stdout } = await git(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    cwd: folder,
    signal,
    input: `${commits.join('\n')}\n`,
    okCodes: [128],
  })
  const found = stdout.split('\n').filter((line) => line.endsWith(' commit'))
  return new Set(found.map((line) => line.slice(0, line.indexOf(' '))))
}
