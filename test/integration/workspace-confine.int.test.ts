import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OutsideWorkspaceError, resolveInside } from '#electron/workspaces/confine.ts'
import { temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

let folder: string
let workspace: string
let remove: () => Promise<void>

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  workspace = join(folder, 'work space')
  await writeFiles(workspace, { 'src/a.txt': 'a', '.git': 'gitdir: elsewhere' })
  await mkdir(join(folder, 'outside'))
  await symlink(join(folder, 'outside'), join(workspace, 'link-out'))
  await symlink('../outside/new.txt', join(workspace, 'dangling'))
  await symlink('src', join(workspace, 'link-in'))
})
afterEach(() => remove())

test.each([
  ['a relative path', 'src/a.txt', 'src/a.txt'],
  ['a new file in new folders', 'src/new/deep/b.txt', 'src/new/deep/b.txt'],
  ['.. that stays inside', 'src/../src/a.txt', 'src/a.txt'],
  ['a link that stays inside', 'link-in/new.txt', 'src/new.txt'],
  ['a name that begins with dots', '..a/b.txt', '..a/b.txt'],
  ['a name that looks like git', '.gitignore', '.gitignore'],
  ['the workspace', '.', ''],
])('%s is inside', async (_what, path, expected) => {
  expect(await resolveInside(workspace, path)).toBe(join(workspace, expected))
  expect(await resolveInside(workspace, join(workspace, path))).toBe(join(workspace, expected))
})

test.each([
  ['..', '../outside/x.txt'],
  ['.. in the middle', 'src/../../outside'],
  ['an absolute path', '/etc/passwd'],
  ['a link to a folder outside', 'link-out'],
  ['a new file behind a link', 'link-out/new/deep.txt'],
  ['a link to nothing', 'dangling'],
  ['git’s link file', '.git'],
  ['git’s internals', '.git/hooks/pre-commit'],
  ['the link file of a submodule', 'vendor/lib/.git'],
  ['git’s internals in capitals', 'src/.GIT/config'],
  ['git’s short name', 'GIT~1/config'],
  ['a zero byte', 'src/a.txt\0.png'],
  ['a path through a file', 'src/a.txt/b'],
])('%s is refused', async (_what, path) => {
  await expect(resolveInside(workspace, path)).rejects.toBeInstanceOf(OutsideWorkspaceError)
})
