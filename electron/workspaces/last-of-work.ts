import { gitLine } from '#electron/platform/git.ts'
import { resolveCommit } from '#electron/platform/git-repository.ts'

/** The last commit of discarded work; where there was more than that in its workspace, the one that was kept and holds it too. */
export async function lastOfWork(
  repo: string,
  { kept, head }: { kept: string; head: string | null },
  signal: AbortSignal,
): Promise<string> {
  if (!head || !(await resolveCommit(repo, head, signal))) return kept
  const [tree, before] = await Promise.all(
    [kept, head].map((commit) => gitLine(['rev-parse', `${commit}^{tree}`], { cwd: repo, signal })),
  )
  return tree === before ? head : kept
}
