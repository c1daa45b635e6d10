import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { RefusedError } from '#shared/errors.ts'

/**
 * The proof that a folder was made by this app. It lies beside the workspace (`<root>/<executionId>.json`), where
 * no agent reaches it and no commit takes it along. Only folders with a marker are ever removed.
 */
export const WorkspaceMarker = z.object({
  app: z.literal('agent-rangers'),
  execution_id: z.string(),
  /** `worktree` of the project's repository, or a `copy` of a folder that is none, with a repository of its own. */
  kind: z.enum(['worktree', 'copy']),
  project_path: z.string(),
  branch: z.string(),
  /** Null when the project's HEAD was detached, and for a copy. */
  base_branch: z.string().nullable(),
  base_commit: z.string(),
  /** The worktree's own folder among git's files; null for a copy and until it is made. */
  git_directory: z.string().nullable(),
})
export type WorkspaceMarker = z.infer<typeof WorkspaceMarker>

/** Where the workspace of an execution lies. */
export function workspacePath(root: string, executionId: string): string {
  if (!/^[\w-]+$/.test(executionId))
    throw new RefusedError('BAD_ID', 'An execution id holds letters, digits and dashes.')
  return join(root, executionId)
}

/** The marker of a workspace, or null when there is none or it is not ours. */
export async function readMarker(workspace: string): Promise<WorkspaceMarker | null> {
  const text = await readFile(`${workspace}.json`, 'utf8').catch(() => null)
  if (text === null) return null
  const marker = WorkspaceMarker.safeParse(parsed(text))
  return marker.success && marker.data.execution_id === basename(workspace) ? marker.data : null
}

/** Throws a sentence when the folder was not made by this app. */
export async function requireMarker(workspace: string): Promise<WorkspaceMarker> {
  const marker = await readMarker(workspace)
  if (marker) return marker
  throw new RefusedError(
    'NOT_OUR_FOLDER',
    `${workspace} has no marker of Agent Rangers, so it is left alone. Remove it by hand if it is not needed.`,
  )
}

/** Written whole or not at all: a marker cut in half would leave a folder that nobody may remove. */
export async function writeMarker(workspace: string, marker: WorkspaceMarker): Promise<void> {
  await mkdir(dirname(workspace), { recursive: true })
  const draft = `${workspace}.json.tmp`
  await writeFile(draft, `${JSON.stringify(marker, null, 2)}\n`)
  await rename(draft, `${workspace}.json`)
}

export async function removeMarker(workspace: string): Promise<void> {
  await rm(`${workspace}.left.json`, { force: true })
  await rm(`${workspace}.guard.json`, { force: true })
  await rm(`${workspace}.merging.json`, { force: true })
  await rm(`${workspace}.json`, { force: true })
}

/** The root of all workspaces, made if missing, without symlinks: git compares ceilings with real paths. */
export async function realRoot(root: string): Promise<string> {
  await mkdir(root, { recursive: true })
  return realpath(root)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
