import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where what is kept of workspaces lies, beside them. */
export function keptFolder(root: string): string {
  return join(root, 'kept')
}

/** Moves a workspace in which git does not work to `kept/`, with all its files. Gives where it is then. */
export async function setAside(workspace: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const place = placeAside(workspace, number)
    if (await isFolder(place)) continue
    await mkdir(dirname(place), { recursive: true })
    await rename(workspace, place)
    return place
  }
}

/** The files of a workspace that were set aside last; null when none are. */
export async function findAside(workspace: string): Promise<string | null> {
  let found: string | null = null
  for (let number = 1; await isFolder(placeAside(workspace, number)); number += 1)
    found = placeAside(workspace, number)
  return found
}

/**
 * Puts files that were set aside into the place of a workspace that was made anew from its branch: what nobody had committed is
 * there again. False: they stay where they are, since a repository of its own lies there, or since it is another disk.
 */
export async function putBack(aside: string, workspace: string): Promise<boolean> {
  const own = await lstat(join(aside, '.git')).catch(() => null)
  if (own && !own.isFile()) return false
  // The link to the repository.
  const isLinked = await rename(join(workspace, '.git'), join(aside, '.git')).then(
    () => true,
    () => false,
  )
  if (!isLinked) return false
  await rm(workspace, { recursive: true })
  await rename(aside, workspace)
  return true
}

function placeAside(workspace: string, number: number): string {
  const name = number === 1 ? basename(workspace) : `${basename(workspace)}-${number}`
  return join(keptFolder(dirname(workspace)), name)
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false
}
