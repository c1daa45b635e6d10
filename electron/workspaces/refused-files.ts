import { git } from '#electron/platform/git.ts'
import { workspaceOptions } from './workspace-git.ts'

/**
 * What is in a workspace now of the files that are refused, ignored ones too, relative to it: of a folder that is refused as a
 * whole only the folder. `isRefused` is asked about files and about folders.
 */
export async function refusedFiles(
  workspace: string,
  isRefused: (path: string) => boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others']
  const { stdout } = await git(args, workspaceOptions(workspace, signal))
  const found = new Set<string>()
  for (const name of stdout.split('\0')) {
    const path = name.replace(/\/$/, '') // of a repository within, git tells its folder
    if (path !== '' && isRefused(path)) found.add(outermost(path, isRefused))
  }
  return [...found]
}

function outermost(path: string, isRefused: (path: string) => boolean): string {
  const parts = path.split('/')
  const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'))
  return folders.find(isRefused) ?? path
}
