/**
 * What is told where git finds nothing in common, or no trace of a merge, in a clone whose history is cut: a shallow fetch
 * gives a branch commits that know nothing of those before. It is seldom that they were rewritten.
 */
export function cutHistory(branch: string): string {
  return (
    `This clone holds a part of its history only, and git does not see there what “${branch}” and this work have in common. ` +
    'Run “git fetch --unshallow” in the repository, and try again.'
  )
}
