import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readText, writeText } from '#electron/providers/tools/workspace-file.ts'
import { openBeneath } from '#electron/workspaces/open-beneath.ts'
import { temporaryFolder } from '../helpers/git-fixture.ts'

// An agent over ACP runs while we read and write files for it, and this process is in no sandbox.
let folder: string
let workspace: string
let outside: string
let remove: () => Promise<void>

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  workspace = join(folder, 'workspace')
  outside = join(folder, 'outside')
  await mkdir(join(workspace, 'deep'), { recursive: true })
  await mkdir(outside)
  await writeFile(join(outside, 'x.txt'), 'the secret of the person')
})
afterEach(() => remove())

test.skipIf(process.platform === 'win32')(
  'trap: a folder that becomes a link between the look and the act leads nowhere',
  async () => {
    await symlink(outside, join(workspace, 'swapped'))
    const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC } = constants
    for (const flags of [O_RDONLY, O_WRONLY | O_CREAT | O_TRUNC]) {
      const real = join(workspace, 'swapped', 'x.txt') // as it was found before the swap
      await expect(openBeneath({ root: workspace, real, flags, makesFolders: true })).rejects.toThrow(
        'a link was put in its place',
      )
    }
    expect(await readFile(join(outside, 'x.txt'), 'utf8')).toBe('the secret of the person')
  },
)

test.skipIf(process.platform !== 'linux')(
  'trap: however often it is tried while a folder is swapped for a link, nothing outside is read or written',
  async () => {
    await symlink('../outside', join(workspace, 'link'))
    const swapping = spawn(process.execPath, ['-e', SWAP], {
      cwd: workspace,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = once(swapping, 'exit')
    await once(swapping.stdout, 'data')
    const read: string[] = []
    for (let count = 0; count < 400; count += 1) {
      await writeText(workspace, `deep/${count}.txt`, 'x').catch(() => {})
      read.push(await readText(workspace, 'deep/x.txt').catch(() => ''))
    }
    swapping.stdin.end()
    await ended
    expect(read.filter((text) => text.includes('secret'))).toEqual([])
    expect(await readdir(outside)).toEqual(['x.txt'])
  },
)

/** A folder and a link take each other's place until the input ends; what the writer has made meanwhile goes. */
const SWAP = `const { mkdirSync, renameSync, rmSync, symlinkSync } = require('node:fs')
process.stdin.on('end', () => process.exit()).resume()
process.stdout.write('go')
const often = () => {
  for (let count = 0; count < 200; count += 1) {
    renameSync('deep', 'aside'); renameSync('link', 'deep')
    renameSync('deep', 'link'); renameSync('aside', 'deep')
  }
}
const anew = () => {
  for (const name of ['deep', 'aside', 'link']) rmSync(name, { recursive: true, force: true })
  mkdirSync('deep', { recursive: true })
  symlinkSync('../outside', 'link')
}
const swap = () => {
  try { often() } catch { try { anew() } catch {} }
  setImmediate(swap)
}
swap()`

test.skipIf(process.platform === 'win32')('trap: a pipe in the place of a file holds nobody up', async () => {
  await promisify(execFile)('mkfifo', [join(workspace, 'pipe')])
  await expect(readText(workspace, 'pipe')).rejects.toThrow('is not a file')
  await expect(writeText(workspace, 'pipe', 'x')).rejects.toThrow()
})
