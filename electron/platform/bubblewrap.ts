import { lstat, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Confinement } from './sandbox.ts'
import { toolFolders } from './tool-folders.ts'

interface Place {
  home: string
  path: string
}

const NAMESPACES = [
  '--unshare-pid',
  '--unshare-ipc',
  '--unshare-uts',
  '--unshare-cgroup-try',
  '--die-with-parent',
]

/**
 * Of what root may do, bubblewrap takes nothing away by itself, so that its read-only view could be mounted anew from within.
 * What installers of packages need stays.
 */
const OF_ROOT = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID']

function withoutRights(): string[] {
  if (process.getuid?.() !== 0) return [] // others have none
  return ['--cap-drop', 'ALL', ...OF_ROOT.flatMap((name) => ['--cap-add', `CAP_${name}`])]
}

/** Whether the system lets us do all that `bubblewrapArguments` asks for. */
export function bubblewrapTrial(): string[] {
  return [
    ...NAMESPACES,
    ...withoutRights(),
    '--unshare-net',
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    '--tmpfs',
    '/tmp',
    'true',
  ]
}

/**
 * A view of the system in which all is read-only but the workspace; homes, temporary folders, sockets of other programs
 * and the app's own data are empty. A later mount lies on an earlier one. What git needs to know the workspace is there to
 * be read, so nothing in it (hooks, settings, other branches, the file that links the workspace) can be changed.
 */
export async function bubblewrapArguments(confinement: Confinement, place: Place): Promise<string[]> {
  const { workspace, mayEdit, gitFolders, readable, writable, hidden, refused, network } = confinement
  const empty = ['/tmp', '/var/tmp', '/run', '/home', '/root', place.home, ...hidden]
  const kept = await existing(['/run/systemd/resolve', '/run/resolvconf', ...toolFolders(place), ...readable])
  const git = await existing(gitFolders)
  const link = path.join(workspace, '.git')
  const hasLink = (await lstat(link).catch(() => null)) !== null
  return [
    ...NAMESPACES,
    ...withoutRights(),
    ...(network ? [] : ['--unshare-net']),
    // No terminal to push keys into.
    '--new-session',
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...(await existing(empty)).flatMap((folder) => ['--tmpfs', folder]),
    ...kept.flatMap((folder) => ['--ro-bind', folder, folder]),
    ...(await existing(writable)).flatMap((folder) => ['--bind', folder, folder]),
    ...git.flatMap((folder) => ['--ro-bind', folder, folder]),
    ...[mayEdit ? '--bind' : '--ro-bind', workspace, workspace],
    ...(hasLink ? ['--ro-bind', link, link] : []),
    // A folder that lies in the workspace again (a copy's own repository) stays read-only.
    ...git
      .filter((folder) => folder.startsWith(`${workspace}/`))
      .flatMap((folder) => ['--ro-bind', folder, folder]),
    ...(await Promise.all(refused.map((name) => covered(path.join(workspace, name))))).flat(),
    ...['--setenv', 'TMPDIR', '/tmp'],
    ...['--chdir', workspace],
  ]
}

/** Real paths of what is there, once each, outer folders first. */
async function existing(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)))
  return [...new Set(found.filter((folder) => folder !== null && folder !== '/'))]
    .filter((folder) => folder !== null)
    .sort((a, b) => a.length - b.length)
}

/** A folder is empty, and a file can be read as little as written. A link is nothing of its own: what it leads to is judged. */
async function covered(place: string): Promise<string[]> {
  const entry = await lstat(place).catch(() => null)
  if (entry?.isDirectory()) return ['--tmpfs', place, '--remount-ro', place]
  return entry?.isFile() ? ['--ro-bind', '/dev/null', place] : []
}
