import { realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Confinement } from './sandbox.ts'
import { toolFolders } from './tool-folders.ts'

/**
 * The profile of macOS's own sandbox for the same view as bubblewrap gives: reads outside the home, writes in the
 * workspace and the temporary folder, git's files only to be read. The last rule that fits decides.
 */
export async function seatbeltProfile(
  confinement: Confinement,
  place: { home: string; path: string },
): Promise<string> {
  const { workspace, mayEdit, gitFolders, readable, writable, hidden, refused, network } = confinement
  const real = (folders: readonly string[]) =>
    Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)))
  const [work, temporary] = await real([workspace, tmpdir()])
  const read = await real([...toolFolders(place), ...gitFolders, ...readable, ...writable])
  const git = await real([path.join(workspace, '.git'), ...gitFolders])
  const written = [...(mayEdit ? [work] : []), temporary, ...(await real(writable))]
  return [
    '(version 1)',
    '(allow default)',
    `(deny file-read* ${subpaths(await real([place.home, ...hidden]))})`,
    '(allow file-read-metadata)',
    `(allow file-read* ${subpaths([work, temporary, ...read])})`,
    '(deny file-write*)',
    `(allow file-write* ${subpaths([...written, '/dev'])})`,
    `(deny file-write* ${subpaths(git)})`,
    ...(refused.length > 0
      ? [
          `(deny file-read* file-write* ${subpaths(refused.map((name) => path.join(work ?? workspace, name)))})`,
        ]
      : []),
    ...(network
      ? []
      : [
          '(deny network*)',
          '(allow network* (local ip "localhost:*"))',
          '(allow network-outbound (remote ip "localhost:*"))',
        ]),
  ].join('\n')
}

function subpaths(folders: readonly (string | undefined)[]): string {
  const known = folders.filter((folder) => folder !== undefined)
  return [...new Set(known)].map((folder) => `(subpath ${JSON.stringify(folder)})`).join(' ')
}
