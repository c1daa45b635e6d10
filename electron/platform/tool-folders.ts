import { basename, dirname, join, relative } from 'node:path'

/** Where programs that people install for themselves keep what they need to run. None holds a password. */
const KNOWN = [
  '.rustup/toolchains',
  '.cargo/bin',
  '.cargo/registry',
  '.nvm/versions',
  '.volta/bin',
  '.volta/tools',
  '.pyenv/versions',
  '.pyenv/shims',
  '.rbenv/versions',
  '.asdf/installs',
  '.asdf/shims',
  '.local/share/mise',
  '.local/share/uv/python',
  '.local/share/uv/tools',
  '.local/bin',
  '.sdkman/candidates',
  '.deno/bin',
  '.bun/bin',
  'go/bin',
  'go/pkg/mod',
]

/**
 * Folders of a person's home that their programs need: the known ones, and those on the PATH. With a `bin` comes the
 * folder that it belongs to (a Node of one's own has its libraries beside it), unless that is the home itself or one
 * of its hidden folders, which may hold keys.
 */
export function toolFolders({ home, path }: { home: string; path: string }): string[] {
  const onPath = path.split(':').flatMap((folder) => {
    const within = relative(home, folder)
    if (within === '' || within.startsWith('..') || !folder.startsWith('/')) return []
    const parent = dirname(folder)
    const hasOwnParent = basename(folder) === 'bin' && relative(home, parent).split('/').length > 1
    return [hasOwnParent ? parent : folder]
  })
  return [...KNOWN.map((folder) => join(home, folder)), ...onPath]
}
